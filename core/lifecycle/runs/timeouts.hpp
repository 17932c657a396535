#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The last instant at which something that began at `since` is still within its timeout.
Instant timeout_instant(Instant since, std::int64_t seconds);

// The same for a run and for a block run. Returns none if it has no timeout or has not begun.
MaybeInstant timeout_instant(const Run& run, const ScheduleSettings& settings);
MaybeInstant timeout_instant(const BlockRun& row, const Block& block);

// For the run (lifecycle.md 1.8): more than settings.timeout seconds have passed since it started.
bool is_timed_out(const Instance& instance, const Run& run, const ScheduleSettings& settings);

// For blocks (lifecycle.md 2.6): fails every running block run that has run longer than its block's timeout, and kills
// its job. Returns whether there was one: the step then schedules nothing else.
bool time_out_blocks(Instance& instance, const PipelineFacts& pipeline, const StepRows& rows);

}  // namespace runsim
