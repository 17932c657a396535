#include "lifecycle/scheduler/start_waiting_runs.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/sort_stably.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/start_run.hpp"
#include "lifecycle/schedules/create_due_run.hpp"
#include "lifecycle/schedules/due_cache.hpp"

namespace runsim {

namespace {

bool starts_before(const Store& store, RunId a, RunId b) {
    return store.run(a)->execution_date < store.run(b)->execution_date;
}

void sort_by_date(const Store& store, std::vector<RunId>& runs) {
    sort_stably(runs, [&](RunId a, RunId b) { return starts_before(store, a, b); });
}

// Moves the runs after the first `quota` to the excluded ones.
void keep_first(std::vector<RunId>& runs, std::int64_t quota, std::vector<RunId>& excluded) {
    if (static_cast<std::int64_t>(runs.size()) <= quota) return;
    excluded.insert(excluded.end(), runs.begin() + static_cast<std::ptrdiff_t>(quota), runs.end());
    runs.resize(static_cast<std::size_t>(quota));
}

// What happens to the initial runs of one pipeline in a tick.
struct StartList {
    std::vector<RunId> start;
    std::vector<RunId> excluded;  // beyond a limit
};

// lifecycle.md 3.3: creates the due run, and puts the schedule's initial runs that may start on the start list.
void look_at_schedule(Instance& instance, const PipelineFacts& pipeline, const ActiveSchedule& schedule,
                      StartList& list) {
    const ScheduleId id = schedule.id;
    const auto due = due_now(instance, schedule);
    if (!due && !instance.store.has_initial_runs(id)) return;

    const ScheduleSettings& settings = schedule.facts->settings;
    const ConcurrencyConfig& concurrency = pipeline.pipeline->concurrency;
    const auto limit = settings.pipeline_run_limit ? settings.pipeline_run_limit : concurrency.pipeline_run_limit;
    const bool skips = settings.skip_if_previous_running;
    std::vector<RunId> initial = instance.store.initial_runs(id);
    const std::int64_t running = instance.store.running_count(id);
    if (due)
        create_due_run(instance, *instance.store.schedule(id), *due, skips && (!initial.empty() || running > 0),
                       initial);

    if (limit && *limit <= running) return;  // full: its runs wait, and are not excluded (lifecycle.md 3.5)
    sort_by_date(instance.store, initial);
    if (limit) keep_first(initial, *limit - running, list.excluded);
    if (list.start.empty())
        list.start = std::move(initial);
    else
        list.start.insert(list.start.end(), initial.begin(), initial.end());
}

std::int64_t running_of_pipeline(const Store& store, Symbol pipeline_uuid) {
    const auto& runs = store.running_runs();
    return std::count_if(runs.begin(), runs.end(),
                         [&](RunId id) { return store.run(id)->pipeline_uuid == pipeline_uuid; });
}

// lifecycle.md 3.2 step 6 for one pipeline. `running` is the snapshot for the limit over all triggers.
void look_at_pipeline(Instance& instance, const ScheduleGroup& group, std::int64_t running) {
    StartList list;
    for (const ActiveSchedule& schedule : group.schedules) look_at_schedule(instance, *group.pipeline, schedule, list);
    const ConcurrencyConfig& concurrency = group.pipeline->pipeline->concurrency;
    if (const auto limit = concurrency.pipeline_run_limit_all_triggers) {
        sort_by_date(instance.store, list.start);
        keep_first(list.start, std::max<std::int64_t>(0, *limit - running), list.excluded);
    }
    for (const RunId id : list.start) start_run(instance, id);
    if (concurrency.on_pipeline_run_limit_reached != RunLimitPolicy::skip) return;
    for (const RunId id : list.excluded) set_status(instance, id, RunStatus::cancelled, {Cause::limit});
}

}  // namespace

bool start_waiting_runs(Instance& instance) {
    const std::vector<ScheduleGroup>& groups = active_schedules(instance);
    std::vector<std::int64_t> running(groups.size(), 0);  // before this tick starts runs
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (groups[i].pipeline->pipeline->concurrency.pipeline_run_limit_all_triggers)
            running[i] = running_of_pipeline(instance.store, groups[i].pipeline->pipeline->symbol);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].pipeline->fails_scheduler) return false;
        look_at_pipeline(instance, groups[i], running[i]);
    }
    return true;
}

}  // namespace runsim
