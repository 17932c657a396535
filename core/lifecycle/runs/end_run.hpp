#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Ends a running run if all its block runs are finished, its timeout has passed, or a block failed and failures are not
// allowed (lifecycle.md 1.5 - 1.8). Returns whether it ended. `rows` are its block runs.
bool end_if_over(Instance& instance, const Run& run, const ScheduleSettings& settings, const StepRows& rows);

// Cleans up after a failed, timed-out or cancelled run (lifecycle.md 1.7, 2 - 4): initial, queued and running block
// runs become cancelled, the jobs of running ones die, and a generic job will run the callbacks.
void abandon_blocks(Instance& instance, RunId run);

}  // namespace runsim
