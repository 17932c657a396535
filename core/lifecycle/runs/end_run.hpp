#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Ends a running run if all its block runs are finished, its timeout passed, or a block failed where failures are not
// allowed (lifecycle.md 1.5 - 1.8). Returns whether it ended. `rows` are its block runs.
bool end_if_over(Instance& instance, const Run& run, const ScheduleSettings& settings, const StepRows& rows);

// What a failed, timed-out or cancelled run leaves behind (lifecycle.md 1.7, 2 - 4): block runs in initial, queued and
// running become cancelled, the jobs of those that ran die, and a generic job will run the callbacks.
void abandon_blocks(Instance& instance, RunId run);

}  // namespace runsim
