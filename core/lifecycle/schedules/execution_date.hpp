#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Whether a text may be a schedule_interval: one of the six constants, or an expression of the cron engine
// (http-api.md 7.2).
bool is_valid_interval(std::string_view interval);

// Whether landing time is on: the setting, type time, and an hourly, daily, weekly or monthly interval
// (lifecycle.md 4.1).
bool is_landing_time_enabled(const Schedule& schedule);

// lifecycle.md 4.1 and 4.2 (landing time included). None: the schedule has no such date. Error: the engine cannot
// evaluate the interval (texts of http-api.md 5.5).
// `cron`: the schedule's interval as it was parsed before, for callers who ask again and again.
Result<MaybeInstant> current_execution_date(const Schedule& schedule, Instant now,
                                            const CronExpression* cron = nullptr);
Result<MaybeInstant> next_execution_date(const Schedule& schedule, Instant now);

}  // namespace runsim
