#include "store/run_index.hpp"

#include <algorithm>
#include <limits>

namespace runsim {

namespace {

RunsByDate& list_of(RunsByStatus& lists, RunStatus status) { return lists[static_cast<std::size_t>(status)]; }

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

void RunIndex::add(const RunKeys& keys, const RunDates& dates) {
    add_ordered(keys, dates);
    add_grouped(keys, dates);
    if (keys.status == RunStatus::running) add_running(keys.date.id);
}

void RunIndex::remove(const RunKeys& keys, const RunDates& dates) {
    remove_ordered(keys, dates);
    remove_grouped(keys, dates);
    if (keys.status == RunStatus::running) remove_running(keys.date.id);
    drop_if_empty(keys.schedule);
}

void RunIndex::move(const RunKeys& before, const RunKeys& after, const RunDates& dates) {
    RunKeys only_status = before;
    only_status.status = after.status;
    if (only_status == after) return change_status(before, after.status, dates);
    remove(before, dates);
    // From here on no list has the run: its date is the new one.
    add(after, dates);
}

// Most changes of keys are of a status alone.
void RunIndex::change_status(const RunKeys& before, RunStatus after, const RunDates& dates) {
    const RunId id = before.date.id;
    if (before.status == RunStatus::running) remove_running(id);
    if (after == RunStatus::running) add_running(id);
    if (!before.schedule) return;
    for (RunsByStatus* lists :
         {&edit(before.schedule).by_status, &group_of(groups_.edit().pipelines, before.pipeline).by_status}) {
        list_of(*lists, before.status).erase(before.date, dates);
        list_of(*lists, after).insert(before.date, dates);
    }
}

const ScheduleRuns& RunIndex::of(ScheduleId schedule) const {
    static const ScheduleRuns kNone;
    const ScheduleRuns* runs = schedules_.find(schedule);
    return runs == nullptr ? kNone : *runs;
}

void RunIndex::add_ordered(const RunKeys& keys, const RunDates& dates) {
    if (!keys.schedule) {
        orphans_.insert(keys.date.id);
        return;
    }
    by_date_.insert(keys.date, dates);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.insert(keys.date, dates);
    runs.by_id.insert(keys.date.id);
}

void RunIndex::remove_ordered(const RunKeys& keys, const RunDates& dates) {
    if (!keys.schedule) {
        orphans_.erase(keys.date.id);
        return;
    }
    by_date_.erase(keys.date, dates);
    ScheduleRuns& runs = edit(keys.schedule);
    runs.by_date.erase(keys.date, dates);
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

void RunIndex::add_grouped(const RunKeys& keys, const RunDates& dates) {
    if (keys.backfill) {
        BackfillRuns& runs = group_of(groups_.edit().backfills, keys.backfill);
        runs.by_date.insert(keys.date, dates);
        if (!keys.schedule) ++runs.orphans;
    }
    if (!keys.schedule) return;
    list_of(edit(keys.schedule).by_status, keys.status).insert(keys.date, dates);
    list_of(group_of(groups_.edit().pipelines, keys.pipeline).by_status, keys.status).insert(keys.date, dates);
}

void RunIndex::remove_grouped(const RunKeys& keys, const RunDates& dates) {
    if (keys.backfill) {
        std::vector<BackfillRuns>& backfills = groups_.edit().backfills;
        BackfillRuns& runs = group_of(backfills, keys.backfill);
        runs.by_date.erase(keys.date, dates);
        if (!keys.schedule) --runs.orphans;
        if (runs.by_date.empty()) backfills.erase(place_of(backfills, keys.backfill));
    }
    if (!keys.schedule) return;
    list_of(edit(keys.schedule).by_status, keys.status).erase(keys.date, dates);
    std::vector<PipelineRuns>& pipelines = groups_.edit().pipelines;
    PipelineRuns& runs = group_of(pipelines, keys.pipeline);
    list_of(runs.by_status, keys.status).erase(keys.date, dates);
    if (is_empty(runs)) pipelines.erase(place_of(pipelines, keys.pipeline));
}

void RunIndex::add_running(RunId id) { running_.insert(std::lower_bound(running_.begin(), running_.end(), id), id); }

void RunIndex::remove_running(RunId id) { running_.erase(std::lower_bound(running_.begin(), running_.end(), id)); }

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
