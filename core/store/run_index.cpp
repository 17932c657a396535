#include "store/run_index.hpp"

#include <algorithm>
#include <limits>

namespace runsim {

RunDateKey run_date_key(const Run& run, Dialect dialect) {
    using Limits = std::numeric_limits<std::int64_t>;
    const Instant null{dialect == Dialect::sqlite ? Limits::min() : Limits::max()};
    return {run.execution_date.value_or(null).us, run.id};
}

void RunIndex::add(const RunKeys& keys) {
    add_ordered(keys);
    add_alive(keys);
}

void RunIndex::remove(const RunKeys& keys) {
    remove_ordered(keys);
    remove_alive(keys);
    drop_if_empty(keys.schedule);
}

void RunIndex::move(const RunKeys& before, const RunKeys& after) {
    const bool same_schedule = before.schedule == after.schedule;
    if (!same_schedule || before.date != after.date) {
        remove_ordered(before);
        add_ordered(after);
    }
    if (!same_schedule || before.status != after.status) {
        remove_alive(before);
        add_alive(after);
    }
    if (!same_schedule) drop_if_empty(before.schedule);
}

const ScheduleRuns& RunIndex::of(ScheduleId schedule) const {
    static const ScheduleRuns kNone;
    const ScheduleRuns* runs = schedules_.find(schedule);
    return runs == nullptr ? kNone : *runs;
}

void RunIndex::add_ordered(const RunKeys& keys) {
    if (!keys.schedule) return;
    by_date_.insert(keys.date);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.insert(keys.date);
    runs.by_id.insert(keys.date.id);
}

void RunIndex::remove_ordered(const RunKeys& keys) {
    if (!keys.schedule) return;
    by_date_.erase(keys.date);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.erase(keys.date);
    runs.by_id.erase(keys.date.id);
}

void RunIndex::add_alive(const RunKeys& keys) {
    if (keys.status == RunStatus::running) {
        running_.insert(std::lower_bound(running_.begin(), running_.end(), keys.date.id), keys.date.id);
        if (keys.schedule) ++edit(keys.schedule).running;
    } else if (keys.status == RunStatus::initial && keys.schedule) {
        edit(keys.schedule).initial.insert(keys.date.id);
    }
}

void RunIndex::remove_alive(const RunKeys& keys) {
    if (keys.status == RunStatus::running) {
        running_.erase(std::lower_bound(running_.begin(), running_.end(), keys.date.id));
        if (keys.schedule) --edit(keys.schedule).running;
    } else if (keys.status == RunStatus::initial && keys.schedule) {
        edit(keys.schedule).initial.erase(keys.date.id);
    }
}

ScheduleRuns& RunIndex::edit(ScheduleId schedule) {
    if (ScheduleRuns* runs = schedules_.edit(schedule)) return *runs;
    ScheduleRuns made;
    made.id = schedule;
    schedules_.insert(std::move(made));
    return *schedules_.edit(schedule);
}

void RunIndex::drop_if_empty(ScheduleId schedule) {
    const ScheduleRuns* runs = schedules_.find(schedule);
    if (runs != nullptr && runs->by_id.empty()) schedules_.erase(schedule);
}

}  // namespace runsim
