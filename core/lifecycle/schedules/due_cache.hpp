#pragma once

#include <optional>
#include <vector>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/schedules/due_run.hpp"
#include "lifecycle/schedules/execution_date.hpp"

namespace runsim {

// Answers a tick's questions about schedules. Idle ticks cost almost nothing.

// The active schedules that a tick looks at (lifecycle.md 3.2 steps 3 and 6), by pipeline. The reference is valid until
// the next call.
const std::vector<ScheduleGroup>& active_schedules(Instance& instance);

// due_run() (lifecycle.md 4.4) of an active schedule, evaluated only if the result can have changed. Nullopt if the
// schedule has a backfill.
std::optional<DueRun> due_now(Instance& instance, const ActiveSchedule& schedule);

// Returns whether an earlier tick found that this one has no run to create or start.
bool are_starts_quiet(const Instance& instance);
// Called after a tick found no run to create or start: works out until when that stays so.
void note_quiet_starts(Instance& instance);

}  // namespace runsim
