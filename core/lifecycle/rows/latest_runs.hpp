#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 8.5: of each execution date of a schedule the run with the highest started_at, then id, counts. Runs
// that were not started are the lowest on sqlite and the highest on postgres.
bool all_latest_runs_completed(const Store& store, ScheduleId schedule);
bool any_latest_run_failed(const Store& store, ScheduleId schedule);

}  // namespace runsim
