#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a running run ends, in the step that sees it (step_run.cpp chooses which of these), and what follows
// (lifecycle.md 1.6 - 1.8).

// All block runs are finished; `any_failed` among them.
void complete_run(Instance& instance, RunId run, bool any_failed);
// A block failed, and failures are not allowed.
void fail_run(Instance& instance, RunId run, const StepRows& rows);
void time_out_run(Instance& instance, RunId run, const ScheduleSettings& settings);

// What a failed, timed-out or cancelled run leaves behind (lifecycle.md 1.7, 2 - 4): block runs in initial, queued and
// running become cancelled, the jobs of those that ran die, and a generic job will run the callbacks.
void abandon_blocks(Instance& instance, RunId run);

}  // namespace runsim
