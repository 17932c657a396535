#include "api/runs/run_fields.hpp"

#include <algorithm>

#include "api/rows/relationship.hpp"
#include "api/rows/row_columns.hpp"
#include "api/runs/run_attributes.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kTable = "pipeline_run";

Outcome set_status(Instance&, Run& row, const Column& column, const json::Value& value) {
    const auto status = enum_column<RunStatus>(column, value);
    if (!status) return status.error();
    row.status = status->value_or(RunStatus::initial);
    return Done{};
}

Outcome set_passed_sla(Instance&, Run& row, const Column& column, const json::Value& value) {
    const auto flag = boolean_column(column, value);
    if (!flag) return flag.error();
    row.passed_sla = flag->value_or(false);
    return Done{};
}

constexpr std::string_view kExecutors[] = {
    "azure_container_instance", "ecs", "gcp_cloud_run", "k8s", "local_python", "pyspark"};

Outcome set_executor(Instance& instance, Run& row, const Column& column, const json::Value& value) {
    if (value.is_null()) return Done{};
    if (const std::string* text = value.string()) {
        const std::string name = to_lower(*text);
        const bool known = std::find(std::begin(kExecutors), std::end(kExecutors), name) != std::end(kExecutors);
        if (known && (name == *text || to_upper(*text) == *text)) {
            row.executor_type = instance.store.symbols.intern(name);
            return Done{};
        }
    }
    return not_an_enumerator(column, value, "executortype", kExecutors, std::size(kExecutors));
}

// In the order of the table's columns, which is the order in which a database checks them.
constexpr RowColumn<Run> kColumns[] = {
    {"created_at", set_date<&Run::created_at>},
    {"updated_at", set_date<&Run::updated_at>},
    {"id", set_id<&Run::id>},
    {"status", set_status},
    {"started_at", set_date<&Run::started_at>},
    {"completed_at", set_date<&Run::completed_at>},
    {"variables", set_json<&Run::variables>},
    {"passed_sla", set_passed_sla},
    {"event_variables", set_json<&Run::event_variables>},
    {"metrics", set_json<&Run::metrics>},
    {"backfill_id", set_id<&Run::backfill_id>},
    {"executor_type", set_executor},
};

// Columns that the client cannot set (prepare_run), and a key that the class uses itself.
constexpr std::string_view kForced[] = {"pipeline_schedule_id", "pipeline_uuid", "execution_date",
                                        "global_data_product_uuid"};

// A relationship to one row accepts a row, which no JSON value is, or nothing.
Outcome check_relationship(const json::Value& value, bool of_many) {
    if (of_many) return check_rows(value);
    if (value.is_null()) return Done{};
    return no_attribute(value.python_type(), "_sa_instance_state");
}

Outcome check_attribute(const std::string& key, const json::Value& value) {
    if (has_column(kColumns, key)) return Done{};
    if (std::find(std::begin(kForced), std::end(kForced), key) != std::end(kForced)) return Done{};
    switch (run_attribute(key)) {
        case RunAttribute::none: return type_error("'" + key + "' is an invalid keyword argument for PipelineRun");
        case RunAttribute::property:
            return attribute_error("property '" + key + "' of 'PipelineRun' object has no setter");
        case RunAttribute::relationship: return check_relationship(value, key == "block_runs");
        case RunAttribute::method:
        case RunAttribute::other: return Done{};
    }
    return Done{};
}

}  // namespace

Outcome set_run_fields(Instance& instance, const json::Object& payload, Run& row) {
    for (const json::Member& member : payload)
        if (auto done = check_attribute(member.key, member.value); !done) return done;
    return set_columns(instance, kTable, kColumns, payload, row);
}

}  // namespace runsim::api
