#pragma once

#include "base/result.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the code of a block makes of another pipeline (lifecycle.md 1.2 C8). `by` is the block run whose code it is.

// The active API trigger of that name that code starts the pipeline with; makes it where there is none.
ScheduleId trigger_from_code(Instance& instance, const Pipeline& pipeline, const std::string& name, BlockRunId by);
// A run of the schedule, which becomes active. An error where its block runs cannot be made: the run is there, but has
// none.
Result<RunId> start_from_code(Instance& instance, ScheduleId schedule, const json::Value& variables, BlockRunId by);

}  // namespace runsim
