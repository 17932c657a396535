#pragma once

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Applies the `status` in an UPDATE of a pipeline to its schedules and runs (http-api.md 7.5, 8.3): active, inactive,
// cancelled, retry, retry_incomplete_block_runs. Any other status does nothing.
Outcome act_on_pipeline(Instance& instance, const Pipeline& pipeline, const json::Object& payload);

}  // namespace runsim::api
