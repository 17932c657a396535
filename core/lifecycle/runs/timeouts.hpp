#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The last instant at which something that began at `since` is not over its timeout.
Instant timeout_instant(Instant since, std::int64_t seconds);

// That instant of a run and of a block run. Returns no instant if it has no timeout or has not begun.
MaybeInstant timeout_instant(const Run& run, const ScheduleSettings& settings);
MaybeInstant timeout_instant(const BlockRun& row, const Block& block);

// Of the run (lifecycle.md 1.8): more than settings.timeout seconds since it started.
bool is_timed_out(const Instance& instance, const Run& run, const ScheduleSettings& settings);

// Of blocks (lifecycle.md 2.6): fails every running block run that has run for longer than its block's timeout, and
// kills its job. Returns whether there was one: nothing else is scheduled in this step then.
bool time_out_blocks(Instance& instance, const PipelineFacts& pipeline, const StepRows& rows);

}  // namespace runsim
