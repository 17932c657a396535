#pragma once

#include "base/result.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the code of a block creates in another pipeline (lifecycle.md 1.2 C8). `by` is the block run of that code.

// Returns the active API trigger of that name with which code starts the pipeline. Creates it if there is none.
ScheduleId trigger_from_code(Instance& instance, const Pipeline& pipeline, const std::string& name, BlockRunId by);
// Creates a run of the schedule and activates the schedule. Fails if the block runs cannot be created: the run then
// exists without any.
Result<RunId> start_from_code(Instance& instance, ScheduleId schedule, const json::Value& variables, BlockRunId by);

}  // namespace runsim
