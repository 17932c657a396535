#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance.hpp"

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

// lifecycle.md 4.4, every rule: whether the tick at instance.now must create a run, and for which execution date. An
// interval that the engine cannot evaluate is never due.
struct DueRun {
    Instant execution_date;
    std::vector<std::int64_t> previous_runtimes;  // microseconds; landing time only
};
std::optional<DueRun> due_run(const Instance& instance, const Schedule& schedule, const CronExpression* cron = nullptr);

// lifecycle.md 4.4 (end): how long completed runs took, in microseconds, newest first, at most `sample_size` (1 or
// more).
inline constexpr std::size_t kRuntimeSample = 7;
std::vector<std::int64_t> runtime_history(const Instance& instance, ScheduleId schedule,
                                          std::size_t sample_size = kRuntimeSample);
// Their mean in seconds with two decimals; none without any.
std::optional<double> runtime_average(const Instance& instance, ScheduleId schedule,
                                      std::size_t sample_size = kRuntimeSample);

}  // namespace runsim
