#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Returns whether a text may be a schedule_interval: one of the six constants, or a cron expression of the engine
// (http-api.md 7.2).
bool is_valid_interval(std::string_view interval);

// Returns whether landing time is on: the setting is true, the type is time, and the interval is hourly, daily, weekly
// or monthly (lifecycle.md 4.1).
bool is_landing_time_enabled(const Schedule& schedule);

// lifecycle.md 4.1 and 4.2 (including landing time). Returns none if the schedule has no such date. Fails if the engine
// cannot evaluate the interval (texts of http-api.md 5.5). `cron` is the schedule's interval, for callers that ask
// repeatedly.
Result<MaybeInstant> current_execution_date(const Schedule& schedule, Instant now, CronPeriods* cron = nullptr);
Result<MaybeInstant> next_execution_date(const Schedule& schedule, Instant now);

}  // namespace runsim
