#include "lifecycle/workers/start_from_code.hpp"

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/rows/run_variables.hpp"
#include "lifecycle/schedules/create_schedule.hpp"

namespace runsim {

ScheduleId trigger_from_code(Instance& instance, const Pipeline& pipeline, const std::string& name, BlockRunId by) {
    const std::string& repo_path = instance.project->repo_path;
    for (const Schedule& row : instance.store.schedules())
        if (row.name == name && row.pipeline_uuid == pipeline.symbol && row.schedule_type == ScheduleType::api &&
            (!row.repo_path || row.repo_path == repo_path))
            return row.id;
    Schedule row;
    row.name = name;
    row.pipeline_uuid = pipeline.symbol;
    row.schedule_type = ScheduleType::api;
    row.start_time = instance.moment();
    row.status = ScheduleStatus::active;
    row.last_enabled_at = instance.moment();
    row.repo_path = repo_path;
    return create_schedule(instance, std::move(row), {Cause::code, by.value});
}

Result<RunId> start_from_code(Instance& instance, ScheduleId id, const json::Value& variables, BlockRunId by) {
    const Schedule& schedule = *instance.store.schedule(id);
    const Why why{Cause::code, by.value};
    Run row;
    row.pipeline_schedule_id = id;
    row.pipeline_uuid = schedule.pipeline_uuid;
    const Instant date = instance.moment();
    row.execution_date = date;
    row.variables = json::Text::of(configured_variables(schedule, variables, date));
    const RunId run = create_run(instance, std::move(row), why);
    if (const Outcome made = create_block_runs(instance, run); !made) return made.error();
    write(instance, id, [](Schedule& stored) { stored.status = ScheduleStatus::active; }, why);
    return run;
}

}  // namespace runsim
