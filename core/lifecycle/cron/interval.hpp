#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.hpp"
#include "model/rows.hpp"

namespace runsim {

// The meaning of a schedule_interval. The constants must be spelled exactly like this; any other text is a cron
// expression.
enum class Interval : std::uint8_t { none, once, always_on, hourly, daily, weekly, monthly, cron };

Interval parse_interval(std::string_view text);
Interval interval_of(const Schedule& schedule);

// Returns whether the interval divides the calendar into periods.
constexpr bool is_period(Interval interval) { return interval >= Interval::hourly && interval <= Interval::monthly; }

// For intervals that are periods:
// The start of the period that contains `instant`.
Instant period_start(Interval interval, Instant instant);
// One period after `date`, which need not be the start of one (see add_months). Returns none after the year 9999.
MaybeInstant period_after(Interval interval, Instant date);

}  // namespace runsim
