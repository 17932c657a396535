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

// due_run() (lifecycle.md 4.4), evaluated only if the result can have changed. The schedule must not have a backfill.
std::optional<DueRun> due_now(Instance& instance, const Schedule& schedule);

// Returns whether an earlier tick found that this one has nothing to do.
bool is_quiet(const Instance& instance);
// Called after a tick that wrote nothing: works out until when ticks stay quiet.
void note_quiet(Instance& instance);

}  // namespace runsim
