#include "api/runs/run_sources.hpp"

#include <algorithm>

namespace runsim::api {

namespace {

using Index = RunSources::Index;

// The maximum number of schedules to read one by one if other schedules must not be shown.
constexpr std::size_t kMostSchedules = 64;

void add_statuses(const RunsByStatus& runs, const RunFilter& filter, std::vector<const Index*>& out) {
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (filter.wants_status(static_cast<RunStatus>(i)) && !runs[i].empty()) out.push_back(&runs[i]);
}

void add_schedule(const Store& store, ScheduleId schedule, const RunFilter& filter, std::vector<const Index*>& out) {
    if (!filter.any_status()) return add_statuses(store.runs_by_status(schedule), filter, out);
    if (!store.runs_by_date(schedule).empty()) out.push_back(&store.runs_by_date(schedule));
}

void add_pipelines(const Store& store, const RunFilter& filter, std::vector<const Index*>& out) {
    if (filter.any_pipeline() && filter.any_status()) return out.push_back(&store.runs_by_date());
    for (const PipelineRuns& runs : store.pipeline_runs())
        if (filter.wants_pipeline(runs.id)) add_statuses(runs.by_status, filter, out);
}

}  // namespace

RunSources RunSources::of(const Store& store, const RunFilter& filter) {
    RunSources sources;
    if (filter.backfill()) {
        const BackfillRuns& runs = store.backfill_runs(BackfillId::from(*filter.backfill()));
        if (!runs.by_date.empty()) sources.indexes = {&runs.by_date};
        sources.exact = runs.orphans == 0 && !filter.schedule() && filter.any_pipeline() && filter.any_status() &&
                        filter.shows_all(store);
    } else if (filter.schedule()) {
        const Schedule* schedule = store.schedule(*filter.schedule());
        if (schedule && filter.shows(*schedule)) add_schedule(store, schedule->id, filter, sources.indexes);
        sources.exact = filter.any_pipeline();
    } else if (filter.shows_all(store)) {
        add_pipelines(store, filter, sources.indexes);
        sources.exact = true;
    } else {
        const std::vector<ScheduleId> shown = filter.shown_schedules(store);
        if (shown.size() <= kMostSchedules) {
            for (const ScheduleId id : shown) add_schedule(store, id, filter, sources.indexes);
            sources.exact = filter.any_pipeline();
        } else {
            add_pipelines(store, filter, sources.indexes);
        }
    }
    sources.exact = sources.exact && !filter.looks_at_runs();
    return sources;
}

std::size_t RunSources::size() const {
    std::size_t size = 0;
    for (const Index* index : indexes) size += index->size();
    return size;
}

std::vector<RunId> RunSources::matching(const Store& store, const RunFilter& filter) const {
    std::vector<RunId> ids;
    if (exact) ids.reserve(size());
    // Neighbouring runs often have the same schedule.
    ScheduleId known;
    bool listed = false;
    for (const Index* index : indexes) {
        for (auto id = index->rbegin(); id != index->rend(); ++id) {
            if (exact) {
                ids.push_back(*id);
                continue;
            }
            const Run& run = *store.run(*id);
            if (run.pipeline_schedule_id != known) {
                known = run.pipeline_schedule_id;
                listed = filter.lists_runs_of(store.schedule(known));
            }
            if (listed && filter.matches(store, run)) ids.push_back(*id);
        }
    }
    if (indexes.size() > 1) {
        const auto key_of = [&store](RunId id) { return store.date_key(*store.run(id)); };
        std::sort(ids.begin(), ids.end(), [&](RunId a, RunId b) { return key_of(b) < key_of(a); });
    }
    return ids;
}

}  // namespace runsim::api
