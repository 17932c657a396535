#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "lifecycle/instance.hpp"

namespace runsim {

// Whether a text may be a schedule_interval: one of the six constants, or an expression of the cron engine (http-api.md 7.2).
bool is_valid_interval(std::string_view interval);

// lifecycle.md 4.1 and 4.2 (landing time included). None: the schedule has no such date. Error: the engine cannot evaluate the
// interval (texts of http-api.md 5.5).
Result<MaybeInstant> current_execution_date(const Schedule& schedule, Instant now);
Result<MaybeInstant> next_execution_date(const Schedule& schedule, Instant now);

// lifecycle.md 4.4, every rule: whether the tick at instance.now must create a run, and for which execution date.
struct DueRun {
    Instant execution_date;
    std::vector<std::int64_t> previous_runtimes;  // microseconds; landing time only
};
std::optional<DueRun> due_run(const Instance& instance, const Schedule& schedule);

// lifecycle.md 4.4 (end): runtimes of completed runs, newest first, at most `sample_size`; and their mean in seconds with two decimals.
std::optional<double> runtime_average(const Instance& instance, ScheduleId schedule);

}  // namespace runsim
