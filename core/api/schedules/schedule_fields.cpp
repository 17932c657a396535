#include "api/schedules/schedule_fields.hpp"

#include <algorithm>

#include "api/rows/relationship.hpp"
#include "api/rows/row_columns.hpp"
#include "api/schedules/schedule_attributes.hpp"
#include "json/write.hpp"
#include "lifecycle/schedules/execution_date.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kTable = "pipeline_schedule";
constexpr std::string_view kStartTime = "start_time";

// The class names its types in this order; the database sorts them differently (EnumSpelling).
constexpr std::string_view kTypesOfClass[] = {"api", "event", "time"};

Outcome set_type(Instance&, Schedule& row, const Column& column, const json::Value& value) {
    auto type = enum_column<ScheduleType>(column, value);
    if (!type) {
        return not_an_enumerator(column, value, EnumSpelling<ScheduleType>::type, kTypesOfClass,
                                 std::size(kTypesOfClass));
    }
    row.schedule_type = *type;
    return Done{};
}

// NULL is stored as NULL. The scheduler treats it as inactive.
Outcome set_status(Instance&, Schedule& row, const Column& column, const json::Value& value) {
    const auto status = enum_column<ScheduleStatus>(column, value);
    if (!status) return status.error();
    row.status = status->value_or(ScheduleStatus::inactive);
    return Done{};
}

// In the order of the table's columns, which is the order in which a database checks them. start_time has its own
// parser.
constexpr RowColumn<Schedule> kColumns[] = {
    {"created_at", set_date<&Schedule::created_at>},
    {"updated_at", set_date<&Schedule::updated_at>},
    {"name", set_text<&Schedule::name>},
    {"description", set_text<&Schedule::description, 0>},
    {"pipeline_uuid", set_symbol<&Schedule::pipeline_uuid>},
    {"schedule_type", set_type},
    {"schedule_interval", set_text<&Schedule::schedule_interval, 50>},
    {"status", set_status},
    {"last_enabled_at", set_date<&Schedule::last_enabled_at>},
    {"variables", set_json<&Schedule::variables>},
    {"sla", set_integer<&Schedule::sla>},
    {"token", set_text<&Schedule::token>},
    {"repo_path", set_text<&Schedule::repo_path>},
    {"settings", set_json<&Schedule::settings>},
    {"global_data_product_uuid", set_text<&Schedule::global_data_product_uuid>},
};

Failure empty_name(const json::Value& value, Action action) {
    if (action != Action::create)
        return Exception{"mage_ai.orchestration.db.errors.ValidationError", "name cannot be empty."};
    // The code is 200 so that the user interface shows the error.
    return ApiError{200, "record_invalid", "Record is invalid.",
                    "{\"error\": \"name cannot be empty.\", \"metadata\": {\"key\": \"name\", \"value\": " +
                        json::to_text(value) + "}}"};
}

Outcome check_name(const json::Value& value, Action action) {
    if (!value.truthy()) return empty_name(value, action);
    if (value.string() || value.array() || value.object()) return Done{};
    return type_error("object of type '" + std::string(value.python_type()) + "' has no len()");
}

Outcome check_interval(const json::Value& value) {
    if (!value.truthy()) return Done{};
    if (!value.string()) return no_attribute(value.python_type(), "lower");
    if (!is_valid_interval(*value.string())) return value_error("Cron expression is invalid.");
    return Done{};
}

Outcome check_key(const std::string& key, const json::Value& value, Action action) {
    if (key == "name") return check_name(value, action);
    if (key == "schedule_interval") return check_interval(value);
    if (key == "id" || key == kStartTime || has_column(kColumns, key)) return Done{};
    switch (schedule_attribute(key)) {
        case ScheduleAttribute::none:
            if (action == Action::create)
                return type_error("'" + key + "' is an invalid keyword argument for PipelineSchedule");
            return Done{};
        case ScheduleAttribute::property:
            return attribute_error("property '" + key + "' of 'PipelineSchedule' object has no setter");
        case ScheduleAttribute::relationship: return check_rows(value);
        case ScheduleAttribute::other: return Done{};
    }
    return Done{};
}

}  // namespace

Outcome check_schedule_payload(const json::Object& payload, Action action) {
    for (const json::Member& member : payload)
        if (auto done = check_key(member.key, member.value, action); !done) return done;
    if (action == Action::create && !payload.contains("name")) return empty_name(nullptr, action);
    return Done{};
}

Outcome set_schedule_columns(Instance& instance, const json::Object& payload, const WrittenDate* start_time,
                             Schedule& row) {
    if (auto done = set_columns(instance, kTable, kColumns, payload, row); !done) return done;
    const json::Value* value = payload.find(kStartTime);
    if (!value) return Done{};
    const auto date = date_column({instance.store.dialect(), kTable, kStartTime}, *value, start_time);
    if (!date) return date.error();
    row.start_time = *date;
    return Done{};
}

}  // namespace runsim::api
