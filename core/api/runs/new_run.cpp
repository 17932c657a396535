#include "api/runs/new_run.hpp"

#include <optional>

#include "api/rows/column.hpp"
#include "api/rows/insert_row.hpp"
#include "api/runs/run_fields.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kTable = "pipeline_run";

Failure no_item_assignment(const json::Value& value) {
    if (value.array()) return type_error("list indices must be integers or slices, not str");
    return type_error("'" + std::string(value.python_type()) + "' object does not support item assignment");
}

// Returns the run's date: as parsed, from an ISO text, or nullopt for the next moment.
ResultOf<std::optional<WrittenDate>> read_date(const json::Object& payload, const WrittenDate* parsed) {
    if (parsed) return std::optional<WrittenDate>(*parsed);
    const json::Value* value = payload.find("execution_date");
    if (!value || value->is_null()) return std::optional<WrittenDate>();
    if (!value->string()) return type_error("fromisoformat: argument must be str");
    const auto date = parse_iso_date(*value->string());
    if (!date) return value_error(date.error().message);
    return std::optional<WrittenDate>(*date);
}

Outcome check_references(const Store& store, const Run& row) {
    if (store.dialect() == Dialect::sqlite) return Done{};  // accepts references to missing rows
    if (!store.schedule(row.pipeline_schedule_id)) {
        return no_such_row(kTable, "pipeline_schedule_id", "pipeline_schedule", row.pipeline_schedule_id.value);
    }
    if (row.backfill_id && !store.backfill(row.backfill_id)) {
        return no_such_row(kTable, "backfill_id", "backfill", row.backfill_id.value, "pipeline_run_backfill_id");
    }
    return Done{};
}

}  // namespace

ResultOf<NewRun> prepare_run(Instance& instance, const RunParent& parent, json::Object payload,
                             const WrittenDate* execution_date) {
    json::Value& variables = payload["variables"];
    if (!variables.truthy()) variables = json::Object();
    auto given = read_date(payload, execution_date);
    if (!given) return given.error();
    const WrittenDate date = *given ? **given : WrittenDate{instance.now + Duration::microseconds(1), std::nullopt};

    json::Object* object = variables.object();
    if (!object) return no_item_assignment(variables);
    std::string partition;
    partition.reserve(32);
    append_int(partition, parent.id);
    partition += '/';
    partition += partition_text(date.clock, true);
    object->set("execution_partition", std::move(partition));

    NewRun run;
    run.takes_moment = !*given;
    run.row.pipeline_schedule_id = ScheduleId{parent.id};
    run.row.pipeline_uuid = parent.pipeline_uuid;
    run.row.execution_date = stored_date(instance.store.dialect(), date);
    run.row.executor_type = instance.store.symbols.intern("local_python");
    if (auto done = set_run_fields(instance, payload, run.row); !done) return done.error();
    return run;
}

ResultOf<RunId> insert_run(Instance& instance, NewRun run) {
    if (auto status = check_references(instance.store, run.row); !status) {
        if (!run.row.id) instance.store.skip_id<Run>();
        return status.error();
    }
    if (run.takes_moment) run.row.execution_date = instance.moment();
    return insert_row(instance, kTable, std::move(run.row));
}

}  // namespace runsim::api
