#pragma once

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// PipelineRun(**payload): every key must be an attribute of the class, in the order of the keys. Then every column
// takes its value, or the database refuses it. Schedule, pipeline and date come from the row, not from the payload.
Outcome set_run_fields(Instance& instance, const json::Object& payload, Run& row);

}  // namespace runsim::api
