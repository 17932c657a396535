#pragma once

#include <vector>

#include "base/result.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Backfills (lifecycle.md 8, http-api.md 10): a set of runs, one for each date of a range.

// How many dates a backfill may have; the real server knows no limit but its memory.
inline constexpr std::size_t kMostBackfillDates = 100'000;

// lifecycle.md 8.1: start, then the interval as often as it stays up to the end, both included. None for a block's
// backfill. Errors are Python's where the start or the end is missing; an interval that leads nowhere and a range with
// too many dates have our own.
Result<std::vector<Instant>> backfill_dates(const Backfill& backfill);

// lifecycle.md 8.2: what the run of dates[index] gets: ds, execution_date, hr, interval_*; date texts by dialect.
json::Object backfill_variables(const std::vector<Instant>& dates, std::size_t index, Dialect dialect);

// lifecycle.md 8.3, a request's status `initial` where it is another: makes the runs and, the first time, the schedule.
// The backfill is there.
Outcome start_backfill(Instance& instance, BackfillId id);
// lifecycle.md 8.4, a request's status `cancelled` where it is another. The error of a backfill without a schedule
// comes after all else was done.
Outcome cancel_backfill(Instance& instance, BackfillId id);

}  // namespace runsim
