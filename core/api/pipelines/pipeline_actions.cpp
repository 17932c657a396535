#include "api/pipelines/pipeline_actions.hpp"

#include <algorithm>
#include <vector>

#include "api/rows/column.hpp"
#include "api/rows/id_column.hpp"
#include "api/runs/new_run.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/edit_project_files.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/retry_by_user.hpp"

namespace runsim::api {

namespace {

bool is_in_progress(const Run& run) { return !is_finished(run.status); }

void set_schedules(Instance& instance, const Pipeline& pipeline, ScheduleStatus status) {
    std::vector<ScheduleId> ids;
    for (const Schedule& schedule : instance.store.schedules())
        if (schedule.pipeline_uuid == pipeline.symbol) ids.push_back(schedule.id);
    for (const ScheduleId id : ids) write(instance, id, [status](Schedule& row) { row.status = status; });
    // The file keeps only entries that a schedule has (http-api.md 7.5).
    std::vector<TriggerFile> kept;
    for (const ScheduleId id : ids) {
        const TriggerFile* trigger =
            find_trigger(instance, pipeline.symbol, instance.store.schedule(id)->name.value_or(""));
        if (!trigger) continue;
        kept.push_back(*trigger);
        kept.back().row.status = status;
    }
    if (kept.empty()) return;
    std::erase_if(instance.files.triggers,
                  [&pipeline](const TriggerFile& t) { return t.row.pipeline_uuid == pipeline.symbol; });
    instance.files.triggers.insert(instance.files.triggers.end(), kept.begin(), kept.end());
    note_written_triggers(instance, pipeline.symbol);
}

// Returns the ids in a list of run objects. An element without an id is a Python error.
ResultOf<std::vector<std::int64_t>> ids_of(const json::Value& list) {
    const json::Array* objects = list.array();
    if (!objects) return type_error("'" + std::string(list.python_type()) + "' object is not iterable");
    std::vector<std::int64_t> ids;
    for (const json::Value& object : *objects) {
        if (!object.object()) return no_attribute(object.python_type(), "get");
        const json::Value* id = object.object()->find("id");
        if (id && id->integer()) ids.push_back(*id->integer());
    }
    return ids;
}

Outcome cancel(Instance& instance, const Pipeline& pipeline, const json::Object& payload) {
    const Store& store = instance.store;
    std::vector<RunId> runs;
    const json::Value* listed = payload.find("pipeline_runs");
    const json::Value* schedule = payload.find("pipeline_schedule_id");
    if (listed && !listed->is_null()) {
        const auto ids = ids_of(*listed);
        if (!ids) return ids.error();
        for (const std::int64_t id : *ids) {
            const RunId run = RunId::from(id);
            if (store.run(run)) runs.push_back(run);
        }
    } else {
        const std::int64_t* wanted = schedule ? schedule->integer() : nullptr;
        const bool of_schedule = schedule && schedule->truthy();
        for (const Run& run : store.runs()) {
            if (!is_in_progress(run)) continue;
            // Runs of a schedule that passed their SLA are skipped (Q30).
            const bool meant = of_schedule ? wanted && run.pipeline_schedule_id.value == *wanted && !run.passed_sla
                                           : run.pipeline_uuid == pipeline.symbol;
            if (meant) runs.push_back(run.id);
        }
    }
    for (const RunId run : runs) cancel_run(instance, run);
    return Done{};
}

// Creates a run with the date, backfill and variables in `fields`, without block runs.
Outcome retry_one(Instance& instance, const json::Object& fields) {
    for (const std::string_view key : {"id", "pipeline_uuid", "pipeline_schedule_id", "execution_date"}) {
        if (!fields.contains(key)) return Failure(Exception{"KeyError", "'" + std::string(key) + "'"});
    }
    const json::Value& uuid = *fields.find("pipeline_uuid");
    const Pipeline* pipeline = uuid.string() ? instance.project->find_pipeline(*uuid.string()) : nullptr;
    if (!pipeline) {
        return plain_exception("Pipeline " + (uuid.string() ? *uuid.string() : json::python_repr(uuid)) +
                               " is not a valid pipeline.");
    }
    const json::Value& date_value = *fields.find("execution_date");
    if (!date_value.string()) return type_error("fromisoformat: argument must be str");
    const auto date = parse_iso_date(*date_value.string());
    if (!date) return value_error(date.error().message);

    const Dialect dialect = instance.store.dialect();
    const auto column = [dialect](std::string_view name) { return Column{dialect, "pipeline_run", name}; };
    const auto schedule = id_column(column("pipeline_schedule_id"), *fields.find("pipeline_schedule_id"));
    if (!schedule) return schedule.error();
    static const json::Value kNull;
    const auto value = [&fields](std::string_view key) -> const json::Value& {
        const json::Value* found = fields.find(key);
        return found ? *found : kNull;
    };
    const auto backfill = id_column(column("backfill_id"), value("backfill_id"));
    if (!backfill) return backfill.error();
    const auto variables = json_column(column("variables"), value("variables"));
    if (!variables) return variables.error();
    const auto event_variables = json_column(column("event_variables"), value("event_variables"));
    if (!event_variables) return event_variables.error();

    NewRun run;
    run.row.pipeline_schedule_id = ScheduleId{*schedule};
    run.row.pipeline_uuid = pipeline->symbol;
    run.row.execution_date = stored_date(dialect, *date);
    run.row.backfill_id = BackfillId{*backfill};
    run.row.variables = *variables;
    run.row.event_variables = event_variables->has_value() ? *event_variables : json::Text::empty_object();
    run.row.executor_type = instance.store.symbols.intern("local_python");
    const auto made = insert_run(instance, std::move(run));
    if (!made) return made.error();
    return Done{};
}

Outcome retry(Instance& instance, const json::Object& payload) {
    const json::Value* listed = payload.find("pipeline_runs");
    if (!listed || !listed->truthy()) return Done{};
    if (!listed->array()) return type_error("string indices must be integers");
    for (const json::Value& object : *listed->array()) {
        if (!object.object())
            return type_error("'" + std::string(object.python_type()) + "' object is not subscriptable");
        if (auto done = retry_one(instance, *object.object()); !done) return done;
    }
    return Done{};
}

}  // namespace

Outcome act_on_pipeline(Instance& instance, const Pipeline& pipeline, const json::Object& payload) {
    const json::Value* value = payload.find("status");
    const std::string* status = value ? value->string() : nullptr;
    if (!status) return Done{};
    if (const auto schedules = enum_of<ScheduleStatus>(*status)) {
        set_schedules(instance, pipeline, *schedules);
    } else if (*status == "cancelled") {
        return cancel(instance, pipeline, payload);
    } else if (*status == "retry") {
        return retry(instance, payload);
    } else if (*status == "retry_incomplete_block_runs") {
        retry_incomplete_block_runs(instance, pipeline.symbol);
    }
    return Done{};
}

}  // namespace runsim::api
