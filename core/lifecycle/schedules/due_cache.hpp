#pragma once

#include <optional>
#include <vector>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/schedules/due_run.hpp"
#include "lifecycle/schedules/execution_date.hpp"

namespace runsim {

// What a tick asks of schedules, at a cost that does not grow with the ticks that have nothing to do.

// The active schedules that the tick looks at (lifecycle.md 3.2 steps 3 and 6), by pipeline. The reference
// is valid until the next call.
const std::vector<ScheduleGroup>& active_schedules(Instance& instance);

// due_run() (lifecycle.md 4.4) for a schedule that may have no backfill, asked only where the answer can have changed.
std::optional<DueRun> due_now(Instance& instance, const Schedule& schedule);

// Whether this tick has nothing to do, by what an earlier one found out.
bool is_quiet(const Instance& instance);
// After a tick that wrote nothing: works out until when that stays so.
void note_quiet(Instance& instance);

}  // namespace runsim
