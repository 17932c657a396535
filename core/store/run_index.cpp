#include "store/run_index.hpp"

#include <algorithm>
#include <limits>

namespace runsim {

namespace {

std::size_t place_of(RunStatus status) { return static_cast<std::size_t>(status); }

// Finds the group of an id in a list sorted by id, or the place where it belongs.
template <class Group, class Id>
auto place_of(std::vector<Group>& groups, Id id) {
    return std::lower_bound(groups.begin(), groups.end(), id,
                            [](const Group& group, Id wanted) { return group.id < wanted; });
}

template <class Group, class Id>
Group& group_of(std::vector<Group>& groups, Id id) {
    const auto at = place_of(groups, id);
    if (at != groups.end() && at->id == id) return *at;
    Group made;
    made.id = id;
    return *groups.insert(at, std::move(made));
}

bool is_empty(const PipelineRuns& runs) {
    return std::all_of(runs.by_status.begin(), runs.by_status.end(),
                       [](const RunsByDate& list) { return list.empty(); });
}

}  // namespace

std::int64_t date_order(MaybeInstant date, Dialect dialect) {
    using Limits = std::numeric_limits<std::int64_t>;
    return date.value_or({dialect == Dialect::sqlite ? Limits::min() : Limits::max()}).us;
}

void RunIndex::add(const RunKeys& keys) {
    add_ordered(keys);
    add_grouped(keys);
    add_alive(keys);
}

void RunIndex::remove(const RunKeys& keys) {
    remove_ordered(keys);
    remove_grouped(keys);
    remove_alive(keys);
    drop_if_empty(keys.schedule);
}

void RunIndex::move(const RunKeys& before, const RunKeys& after) {
    const bool same_schedule = before.schedule == after.schedule;
    if (!same_schedule || before.date != after.date) {
        remove_ordered(before);
        add_ordered(after);
    }
    if (before != after) {
        remove_grouped(before);
        add_grouped(after);
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
    if (!keys.schedule) {
        orphans_.insert(keys.date.id);
        return;
    }
    by_date_.insert(keys.date);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.insert(keys.date);
    runs.by_id.insert(keys.date.id);
}

void RunIndex::remove_ordered(const RunKeys& keys) {
    if (!keys.schedule) {
        orphans_.erase(keys.date.id);
        return;
    }
    by_date_.erase(keys.date);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.erase(keys.date);
    runs.by_id.erase(keys.date.id);
}

const RunIndex::Groups& RunIndex::no_groups() {
    static const Groups kNone;
    return kNone;
}

const BackfillRuns& RunIndex::of(BackfillId backfill) const {
    static const BackfillRuns kNone;
    if (!groups_) return kNone;
    const auto& all = groups_->backfills;
    const auto at = std::lower_bound(all.begin(), all.end(), backfill,
                                     [](const BackfillRuns& runs, BackfillId wanted) { return runs.id < wanted; });
    return at != all.end() && at->id == backfill ? *at : kNone;
}

void RunIndex::add_grouped(const RunKeys& keys) {
    if (keys.backfill) {
        BackfillRuns& runs = group_of(groups_.edit().backfills, keys.backfill);
        runs.by_date.insert(keys.date);
        if (!keys.schedule) ++runs.orphans;
    }
    if (!keys.schedule) return;
    edit(keys.schedule).by_status[place_of(keys.status)].insert(keys.date);
    group_of(groups_.edit().pipelines, keys.pipeline).by_status[place_of(keys.status)].insert(keys.date);
}

void RunIndex::remove_grouped(const RunKeys& keys) {
    if (keys.backfill) {
        std::vector<BackfillRuns>& backfills = groups_.edit().backfills;
        BackfillRuns& runs = group_of(backfills, keys.backfill);
        runs.by_date.erase(keys.date);
        if (!keys.schedule) --runs.orphans;
        if (runs.by_date.empty()) backfills.erase(place_of(backfills, keys.backfill));
    }
    if (!keys.schedule) return;
    edit(keys.schedule).by_status[place_of(keys.status)].erase(keys.date);
    std::vector<PipelineRuns>& pipelines = groups_.edit().pipelines;
    PipelineRuns& runs = group_of(pipelines, keys.pipeline);
    runs.by_status[place_of(keys.status)].erase(keys.date);
    if (is_empty(runs)) pipelines.erase(place_of(pipelines, keys.pipeline));
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
