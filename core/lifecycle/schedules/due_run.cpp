#include "lifecycle/schedules/due_run.hpp"

#include <algorithm>
#include <cmath>

#include "lifecycle/cron/interval.hpp"
#include "lifecycle/instance/schedule_settings.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "lifecycle/schedules/runtime_history.hpp"

namespace runsim {
namespace {

// How many ids to look back for the run created last. Ids follow creation, except those that a request set.
constexpr int kRecentIds = 32;

// Returns the run created last. Among runs of one instant (sqlite keeps whole seconds) the lower id wins, as in the
// database.
const Run* last_created(const Store& store, ScheduleId schedule) {
    const auto& ids = store.runs_by_id(schedule);
    const Run* last = nullptr;
    int seen = 0;
    for (auto it = ids.rbegin(); it != ids.rend() && seen < kRecentIds; ++it, ++seen) {
        const Run* run = store.run(*it);
        if (last == nullptr || run->created_at >= last->created_at) last = run;
    }
    return last;
}

bool is_due_once(const Instance& instance, const Schedule& schedule, const Pipeline& pipeline) {
    const std::size_t runs = instance.store.runs_by_id(schedule.id).size();
    if (runs == 0) return true;
    return pipeline.type == "streaming" && pipeline.executor_count > 1 &&
           static_cast<std::int64_t>(runs) < pipeline.executor_count;
}

bool is_due_always(const Instance& instance, const Schedule& schedule) {
    const Run* last = last_created(instance.store, schedule.id);
    return last == nullptr || is_finished(last->status);
}

std::int64_t ceil_seconds(double seconds) { return static_cast<std::int64_t>(std::ceil(seconds)); }

// How long before its execution date a landing-time run starts: the mean runtime plus half its sample standard
// deviation, each rounded up to whole seconds.
Duration head_start(const std::vector<std::int64_t>& history) {
    const auto count = static_cast<std::int64_t>(history.size());
    std::int64_t sum = 0;
    for (const auto runtime : history) sum += runtime;
    const double mean = static_cast<double>(sum) / (static_cast<double>(count) * 1e6);
    std::int64_t spread = 0;
    if (count >= 2) {
        double squares = 0;  // of count * (runtime - mean)
        for (const auto runtime : history) {
            const auto off = static_cast<double>(count * runtime - sum);
            squares += off * off;
        }
        const auto n = static_cast<double>(count);
        spread = ceil_seconds(std::sqrt(squares / (n * n * (n - 1))) / 1e6 / 2);
    }
    return Duration::seconds(ceil_seconds(mean) + spread);
}

}  // namespace

std::optional<DueRun> due_run(const Instance& instance, const Schedule& schedule, CronPeriods* cron) {
    const Instant now = instance.now;
    const Interval interval = interval_of(schedule);
    if (schedule.status != ScheduleStatus::active || interval == Interval::none) return std::nullopt;
    const bool landing = is_landing_time_enabled(schedule);
    if (!landing && schedule.start_time && now < *schedule.start_time) return std::nullopt;
    const Pipeline* pipeline = instance.project->find_pipeline(schedule.pipeline_uuid);
    if (pipeline == nullptr) return std::nullopt;

    if (interval == Interval::once || interval == Interval::always_on) {
        const bool due =
            interval == Interval::once ? is_due_once(instance, schedule, *pipeline) : is_due_always(instance, schedule);
        return due ? std::optional(DueRun{.execution_date = now, .previous_runtimes = {}}) : std::nullopt;
    }

    const auto current = current_execution_date(schedule, now, cron);
    if (!current || !*current) return std::nullopt;
    const Instant date = **current;
    if (schedule.start_time && date < *schedule.start_time) return std::nullopt;
    if (schedule.last_enabled_at && date < *schedule.last_enabled_at &&
        !parse_settings(schedule.settings).create_initial_pipeline_run)
        return std::nullopt;
    if (!instance.store.runs_at(schedule.id, date).empty()) return std::nullopt;

    DueRun due{.execution_date = date, .previous_runtimes = {}};
    if (!landing) return due;
    due.previous_runtimes = runtime_history(instance, schedule.id);
    if (!due.previous_runtimes.empty() && now < date - head_start(due.previous_runtimes)) return std::nullopt;
    return due;
}

}  // namespace runsim
