#pragma once

#include <vector>

#include "base/result.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Backfills (lifecycle.md 8, http-api.md 10): one run for each date of a range.

// The maximum number of dates of a backfill. The real server is limited only by its memory.
inline constexpr std::size_t kMostBackfillDates = 100'000;

// lifecycle.md 8.1: the start, then one date per interval up to and including the end. Empty for a block's backfill.
// Errors are Python's if the start or the end is missing. Errors for an interval without progress and for too many
// dates are our own.
Result<std::vector<Instant>> backfill_dates(const Backfill& backfill);

// lifecycle.md 8.2: the variables of the run of dates[index]: ds, execution_date, hr, interval_*; date texts by
// dialect.
json::Object backfill_variables(const std::vector<Instant>& dates, std::size_t index, Dialect dialect);

// lifecycle.md 8.3, for a request that changes the status to `initial`: creates the runs and, the first time, the
// schedule. The backfill must exist.
Outcome start_backfill(Instance& instance, BackfillId id);
// lifecycle.md 8.4, for a request that changes the status to `cancelled`. The error for a backfill without a schedule
// comes after everything else was done.
Outcome cancel_backfill(Instance& instance, BackfillId id);

}  // namespace runsim
