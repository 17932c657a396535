#pragma once

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// PipelineRun(**payload): every key is an attribute of the class or an error, in the order of the keys; then every
// column takes its value, or the database refuses it. Schedule, pipeline and date are not taken from the payload: they
// are the row's already.
Outcome set_run_fields(Instance& instance, const json::Object& payload, Run& row);

}  // namespace runsim::api
