#pragma once

#include "json/value.hpp"
#include "lifecycle/instance.hpp"

namespace runsim {

// What configure_pipeline_run_payload makes of a run's variables (lifecycle.md 1.2): none and empty ones become {}, and
// `execution_partition` is always overwritten, in its place or last. `variables` is an object, or counts as {}.
json::Value configured_variables(const Schedule& schedule, const json::Value& variables, Instant execution_date);

}  // namespace runsim
