#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 8.5: for each execution date of a schedule only the run with the highest started_at, then id, counts.
// Runs that have not started sort lowest on sqlite and highest on postgres.
bool all_latest_runs_completed(const Store& store, ScheduleId schedule);
bool any_latest_run_failed(const Store& store, ScheduleId schedule);

}  // namespace runsim
