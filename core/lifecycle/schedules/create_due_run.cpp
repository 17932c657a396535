#include "lifecycle/schedules/create_due_run.hpp"

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/rows/run_variables.hpp"

namespace runsim {

namespace {

json::Text runtimes_metrics(const std::vector<std::int64_t>& runtimes) {
    if (runtimes.empty()) return {};
    json::Array seconds;
    for (const std::int64_t us : runtimes) seconds.emplace_back(static_cast<double>(us) / 1e6);
    json::Object metrics;
    metrics.set("previous_runtimes", std::move(seconds));
    return json::Text::of(std::move(metrics));
}

bool is_duplicate(const Store& store, const Run& row) {
    for (const RunId id : store.runs_at(row.pipeline_schedule_id, row.execution_date))
        if (store.run(id)->pipeline_uuid == row.pipeline_uuid) return true;
    return false;
}

}  // namespace

void create_due_run(Instance& instance, const Schedule& schedule, const DueRun& due, bool skipped,
                    std::vector<RunId>& initial) {
    Run row;
    row.pipeline_schedule_id = schedule.id;
    row.pipeline_uuid = schedule.pipeline_uuid;
    row.execution_date = due.execution_date;
    row.metrics = runtimes_metrics(due.previous_runtimes);
    row.variables = schedule.variables;
    const Why why{Cause::trigger, schedule.id.value};
    if (skipped) {
        const json::Value variables = schedule.variables.has_value() ? schedule.variables.value() : json::Value();
        row.variables = json::Text::of(configured_variables(schedule, variables, due.execution_date));
        const RunId id = create_run(instance, std::move(row), why);
        return set_status(instance, id, RunStatus::cancelled, {Cause::previous_running});
    }
    if (is_duplicate(instance.store, row)) return;
    initial.push_back(create_run(instance, std::move(row), why));
    ScheduleFacts& facts = schedule_facts(instance, schedule);
    if (!facts.always_on) return;
    facts.newest = initial.back();
    facts.runs = instance.store.runs_by_id(schedule.id).size();
}

}  // namespace runsim
