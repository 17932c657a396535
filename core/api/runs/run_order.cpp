#include "api/runs/run_order.hpp"

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "api/errors/database_error.hpp"
#include "api/runs/run_attributes.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kColumns[] = {"id",
                                         "created_at",
                                         "updated_at",
                                         "pipeline_schedule_id",
                                         "pipeline_uuid",
                                         "execution_date",
                                         "status",
                                         "started_at",
                                         "completed_at",
                                         "variables",
                                         "passed_sla",
                                         "event_variables",
                                         "metrics",
                                         "backfill_id",
                                         "executor_type"};

ResultOf<RunColumn> read_column(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kColumns); ++i)
        if (kColumns[i] == name) return static_cast<RunColumn>(i);
    switch (run_attribute(name)) {
        case RunAttribute::property: return no_attribute("property", "asc");
        case RunAttribute::method: return no_attribute("function", "asc");
        case RunAttribute::relationship: return Failure(Exception{"NotImplementedError", ""});
        default: return attribute_error("type object 'PipelineRun' has no attribute '" + std::string(name) + "'");
    }
}

// A value to sort by: a number, a text, or NULL.
struct Key {
    bool null = false;
    std::int64_t number = 0;
    std::string_view text;
};

Key number_key(std::int64_t number) { return {false, number, {}}; }
Key id_key(std::uint32_t id) { return {id == 0, id, {}}; }
Key text_key(std::string_view text) { return {false, 0, text}; }
Key date_key(MaybeInstant date) { return {!date, date.raw(), {}}; }
Key json_key(const json::Text& json) { return {!json.has_value(), 0, json.json()}; }

Key key_of(const Store& store, const Run& run, RunColumn column) {
    switch (column) {
        case RunColumn::id: return number_key(run.id.value);
        case RunColumn::created_at: return number_key(run.created_at.us);
        case RunColumn::updated_at: return number_key(run.updated_at.us);
        case RunColumn::pipeline_schedule_id: return id_key(run.pipeline_schedule_id.value);
        case RunColumn::pipeline_uuid: return text_key(store.symbols.text(run.pipeline_uuid));
        case RunColumn::execution_date: return date_key(run.execution_date);
        case RunColumn::status:
            // postgres: in the order of declaration; sqlite: by the stored name, which sorts like the spelling.
            if (store.dialect() == Dialect::postgres) return number_key(static_cast<std::int64_t>(run.status));
            return text_key(name_of(run.status));
        case RunColumn::started_at: return date_key(run.started_at);
        case RunColumn::completed_at: return date_key(run.completed_at);
        case RunColumn::variables: return json_key(run.variables);
        case RunColumn::passed_sla: return number_key(run.passed_sla ? 1 : 0);
        case RunColumn::event_variables: return json_key(run.event_variables);
        case RunColumn::metrics: return json_key(run.metrics);
        case RunColumn::backfill_id: return id_key(run.backfill_id.value);
        case RunColumn::executor_type: return text_key(store.symbols.text(run.executor_type));
    }
    return {};
}

int compare(const Key& a, const Key& b, bool null_is_largest) {
    if (a.null || b.null) return a.null == b.null ? 0 : (a.null == null_is_largest ? 1 : -1);
    if (a.number != b.number) return a.number < b.number ? -1 : 1;
    return a.text.compare(b.text);
}

bool is_json(RunColumn column) {
    return column == RunColumn::variables || column == RunColumn::event_variables || column == RunColumn::metrics;
}

}  // namespace

ResultOf<RunOrder> read_run_order(const Query& query) {
    const auto items = query.comma_list("order_by[]");
    if (!items) return items.error();
    RunOrder order;
    for (const std::string_view item : *items) {
        const std::vector<std::string_view> words = split(trim(item), ' ');
        const std::string direction = words.size() >= 2 ? to_lower(words[1]) : "asc";
        const auto column = read_column(words[0]);
        if (!column) return column.error();
        if (direction != "asc" && direction != "desc") {
            return attribute_error(
                "Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with PipelineRun." +
                std::string(words[0]) + " has an attribute '" + direction + "'");
        }
        order.push_back({*column, direction == "desc"});
    }
    return order;
}

Outcome check_run_order(const Store& store, const RunOrder& order) {
    for (const RunOrderItem& item : order) {
        if (store.dialect() != Dialect::postgres || !is_json(item.column)) continue;
        const std::string column = "pipeline_run." + std::string(kColumns[static_cast<std::size_t>(item.column)]);
        return refused({.error_class = "UndefinedFunction",
                        .message = "could not identify an ordering operator for type json",
                        .line = "LINE 3: ORDER BY " + column,
                        .caret = 17,
                        .sql = "SELECT * FROM pipeline_run ORDER BY " + column,
                        .parameters = {},
                        .code = "f405"});
    }
    return Done{};
}

bool comes_before(const Store& store, const RunOrder& order, const Run& a, const Run& b) {
    if (order.empty()) return store.date_key(b) < store.date_key(a);
    const bool postgres = store.dialect() == Dialect::postgres;
    for (const RunOrderItem& item : order) {
        const int result = compare(key_of(store, a, item.column), key_of(store, b, item.column), postgres);
        if (result != 0) return item.descending ? result > 0 : result < 0;
    }
    return a.id < b.id;
}

void sort_runs(const Store& store, const RunOrder& order, std::vector<RunId>& ids) {
    if (order.empty()) return;
    // The first key nearly always decides: it is computed once per run, the others only if it is equal.
    struct Row {
        Key key;
        const Run* run;
    };
    const bool postgres = store.dialect() == Dialect::postgres;
    const RunOrderItem first = order.front();
    std::vector<Row> rows;
    rows.reserve(ids.size());
    for (const RunId id : ids) {
        const Run& run = *store.run(id);
        rows.push_back({key_of(store, run, first.column), &run});
    }
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        const int result = compare(a.key, b.key, postgres);
        if (result != 0) return first.descending ? result > 0 : result < 0;
        return comes_before(store, order, *a.run, *b.run);
    });
    std::transform(rows.begin(), rows.end(), ids.begin(), [](const Row& row) { return row.run->id; });
}

}  // namespace runsim::api
