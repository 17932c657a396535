#include "api/run_payload.hpp"

#include "api/database_error.hpp"
#include "api/run_fields.hpp"
#include "base/text.hpp"
#include "lifecycle/runs.hpp"

namespace runsim::api {

namespace {

Failure no_item_assignment(const json::Value& value) {
    if (value.array()) return type_error("list indices must be integers or slices, not str");
    return type_error("'" + std::string(value.python_type()) + "' object does not support item assignment");
}

// The run's date: as parsed, as ISO text, or the next moment (none).
ResultOf<std::optional<WrittenDate>> read_date(const json::Object& payload, const WrittenDate* parsed) {
    if (parsed) return std::optional<WrittenDate>(*parsed);
    const json::Value* value = payload.find("execution_date");
    if (!value || value->is_null()) return std::optional<WrittenDate>();
    if (!value->string()) return type_error("fromisoformat: argument must be str");
    const auto date = parse_iso_date(*value->string());
    if (!date) return value_error(date.error().message);
    return std::optional<WrittenDate>(*date);
}

Failure id_taken(Dialect dialect, RunId id) {
    if (dialect == Dialect::sqlite) {
        return Exception{"sqlalchemy.exc.IntegrityError",
                         "(sqlite3.IntegrityError) UNIQUE constraint failed: pipeline_run.id\n[SQL: INSERT INTO "
                         "pipeline_run]\n(Background on this error at: https://sqlalche.me/e/14/gkpj)"};
    }
    std::string message = "duplicate key value violates unique constraint \"pipeline_run_pkey\"\nDETAIL:  Key (id)=(";
    append_int(message, id.value);
    message += ") already exists.";
    return refused({.error_class = "UniqueViolation",
                    .message = std::move(message),
                    .line = {},
                    .caret = 0,
                    .sql = "INSERT INTO pipeline_run",
                    .parameters = {},
                    .code = "gkpj"});
}

Failure no_such_reference(std::string_view column, std::string_view table, std::uint32_t id) {
    std::string message = "insert or update on table \"pipeline_run\" violates foreign key constraint \"pipeline_run_";
    message += column;
    message += "\"\nDETAIL:  Key (";
    message += column;
    message += ")=(";
    append_int(message, id);
    message += ") is not present in table \"";
    message += table;
    message += "\".";
    return refused({.error_class = "ForeignKeyViolation",
                    .message = std::move(message),
                    .line = {},
                    .caret = 0,
                    .sql = "INSERT INTO pipeline_run",
                    .parameters = {},
                    .code = "gkpj"});
}

}  // namespace

ResultOf<NewRun> prepare_run(Instance& instance, const RunParent& parent, json::Object payload,
                             const WrittenDate* execution_date) {
    json::Value& variables = payload["variables"];
    if (!variables.truthy()) variables = json::Object();
    payload.set("pipeline_schedule_id", std::int64_t{parent.id});
    payload.set("pipeline_uuid", instance.store.symbols.text(parent.pipeline_uuid));

    auto given = read_date(payload, execution_date);
    if (!given) return given.error();
    const WrittenDate date = *given ? **given : WrittenDate{instance.now + Duration::microseconds(1), std::nullopt};

    json::Object* object = payload.find("variables")->object();
    if (!object) return no_item_assignment(*payload.find("variables"));
    std::string partition;
    append_int(partition, parent.id);
    partition += '/';
    partition += partition_text(date.clock, true);
    object->set("execution_partition", std::move(partition));

    auto run = run_of_payload(instance, payload, date);
    if (run) run->takes_moment = !*given;
    return run;
}

ResultOf<RunId> insert_run(Instance& instance, NewRun run) {
    Store& store = instance.store;
    const bool named = static_cast<bool>(run.row.id);
    const RunId id = named ? run.row.id : store.next_id<Run>();
    if (store.run(id)) {
        if (!named) store.skip_id<Run>();
        return id_taken(store.dialect(), id);
    }
    if (store.dialect() == Dialect::postgres) {
        const ScheduleId schedule = run.row.pipeline_schedule_id;
        const BackfillId backfill = run.row.backfill_id;
        const bool lost = (schedule && !store.schedule(schedule)) || (backfill && !store.backfill(backfill));
        if (lost && !named) store.skip_id<Run>();
        if (schedule && !store.schedule(schedule)) {
            return no_such_reference("pipeline_schedule_id", "pipeline_schedule", schedule.value);
        }
        if (backfill && !store.backfill(backfill)) return no_such_reference("backfill_id", "backfill", backfill.value);
    }
    if (run.takes_moment) run.row.execution_date = instance.moment();
    const RunId made = create_run(instance, std::move(run.row));
    if (run.created_at || run.updated_at) {
        store.update(made, [&run](Run& row) {
            row.created_at = run.created_at.value_or(row.created_at);
            row.updated_at = run.updated_at.value_or(row.updated_at);
        });
    }
    return made;
}

}  // namespace runsim::api
