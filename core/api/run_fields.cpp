#include "api/run_fields.hpp"

#include <algorithm>

#include "api/column.hpp"
#include "api/run_attributes.hpp"

namespace runsim::api {

namespace {

struct Draft {
    Instance& instance;
    NewRun run;
};

using Setter = Status (*)(Draft& draft, const Column& column, const json::Value& value);

template <class T, class Tag>
Status set_reference(Id<Tag>& to, const ResultOf<std::optional<T>>& value) {
    if (!value) return value.error();
    to = Id<Tag>{static_cast<std::uint32_t>(value->value_or(0))};
    return Done{};
}

template <auto Member>
Status set_json(Draft& draft, const Column& column, const json::Value& value) {
    auto text = json_column(column, value);
    if (!text) return text.error();
    draft.run.row.*Member = std::move(*text);
    return Done{};
}

template <auto Member>
Status set_date(Draft& draft, const Column& column, const json::Value& value) {
    const auto date = date_column(column, value, nullptr);
    if (!date) return date.error();
    draft.run.row.*Member = *date;
    return Done{};
}

template <auto Member>
Status set_own_date(Draft& draft, const Column& column, const json::Value& value) {
    const auto date = date_column(column, value, nullptr);
    if (!date) return date.error();
    draft.run.*Member = *date;
    return Done{};
}

Status set_id(Draft& draft, const Column& column, const json::Value& value) {
    return set_reference(draft.run.row.id, integer_column(column, value));
}
Status set_schedule(Draft& draft, const Column& column, const json::Value& value) {
    return set_reference(draft.run.row.pipeline_schedule_id, integer_column(column, value));
}
Status set_backfill(Draft& draft, const Column& column, const json::Value& value) {
    return set_reference(draft.run.row.backfill_id, integer_column(column, value));
}

Status set_pipeline(Draft& draft, const Column& column, const json::Value& value) {
    const auto text = text_column(column, value);
    if (!text) return text.error();
    draft.run.row.pipeline_uuid = *text ? draft.instance.store.symbols.intern(**text) : Symbol();
    return Done{};
}

// Its date is already known (prepare_run).
Status set_execution_date(Draft&, const Column&, const json::Value&) { return Done{}; }

Status set_status(Draft& draft, const Column& column, const json::Value& value) {
    const auto status = enum_column<RunStatus>(column, value);
    if (!status) return status.error();
    draft.run.row.status = status->value_or(RunStatus::initial);
    return Done{};
}

Status set_passed_sla(Draft& draft, const Column& column, const json::Value& value) {
    const auto flag = boolean_column(column, value);
    if (!flag) return flag.error();
    draft.run.row.passed_sla = flag->value_or(false);
    return Done{};
}

constexpr std::string_view kExecutors[] = {"azure_container_instance", "ecs", "gcp_cloud_run", "k8s", "local_python", "pyspark"};

Status set_executor(Draft& draft, const Column& column, const json::Value& value) {
    if (value.is_null()) return Done{};
    if (const std::string* text = value.string()) {
        const std::string name = to_lower(*text);
        const bool known = std::find(std::begin(kExecutors), std::end(kExecutors), name) != std::end(kExecutors);
        if (known && (name == *text || to_upper(*text) == *text)) {
            draft.run.row.executor_type = draft.instance.store.symbols.intern(name);
            return Done{};
        }
    }
    return not_an_enumerator(column, value, "executortype", kExecutors, std::size(kExecutors));
}

// In the order of the table's columns, in which a database meets them.
struct Field {
    std::string_view key;
    Setter set;
};
constexpr Field kFields[] = {
    {"created_at", set_own_date<&NewRun::created_at>},
    {"updated_at", set_own_date<&NewRun::updated_at>},
    {"id", set_id},
    {"pipeline_schedule_id", set_schedule},
    {"pipeline_uuid", set_pipeline},
    {"execution_date", set_execution_date},
    {"status", set_status},
    {"started_at", set_date<&Run::started_at>},
    {"completed_at", set_date<&Run::completed_at>},
    {"variables", set_json<&Run::variables>},
    {"passed_sla", set_passed_sla},
    {"event_variables", set_json<&Run::event_variables>},
    {"metrics", set_json<&Run::metrics>},
    {"backfill_id", set_backfill},
    {"executor_type", set_executor},
};

bool is_column(std::string_view key) {
    return std::any_of(std::begin(kFields), std::end(kFields), [key](const Field& field) { return field.key == key; });
}

// Relationships take rows, which no JSON can be; an empty list or nothing is fine.
Status check_relationship(const json::Value& value, bool of_many) {
    if (!of_many) {
        if (value.is_null()) return Done{};
        return no_attribute(value.python_type(), "_sa_instance_state");
    }
    const json::Array* rows = value.array();
    if (!rows) {
        return type_error("Incompatible collection type: " + std::string(value.is_null() ? "None" : value.python_type()) +
                          " is not list-like");
    }
    if (rows->empty()) return Done{};
    return no_attribute(rows->front().python_type(), "_sa_instance_state");
}

Status check_attribute(const std::string& key, const json::Value& value) {
    if (is_column(key) || key == "global_data_product_uuid") return Done{};
    switch (run_attribute(key)) {
        case RunAttribute::none: return type_error("'" + key + "' is an invalid keyword argument for PipelineRun");
        case RunAttribute::property: return attribute_error("property '" + key + "' of 'PipelineRun' object has no setter");
        case RunAttribute::relationship: return check_relationship(value, key == "block_runs");
        case RunAttribute::method:
        case RunAttribute::other: return Done{};
    }
    return Done{};
}

}  // namespace

ResultOf<NewRun> run_of_payload(Instance& instance, const json::Object& payload, const WrittenDate& execution_date) {
    for (const json::Member& member : payload)
        if (auto status = check_attribute(member.key, member.value); !status) return status.error();
    Draft draft{instance, {}};
    const Dialect dialect = instance.store.dialect();
    draft.run.row.execution_date = stored_date(dialect, execution_date);
    for (const Field& field : kFields) {
        const json::Value* value = payload.find(field.key);
        if (!value) continue;
        if (auto status = field.set(draft, Column{dialect, "pipeline_run", field.key}, *value); !status) return status.error();
    }
    return std::move(draft.run);
}

}  // namespace runsim::api
