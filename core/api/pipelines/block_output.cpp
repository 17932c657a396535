#include "api/pipelines/block_output.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "base/sort_stably.hpp"

namespace runsim::api {

namespace {

constexpr std::size_t kSampleRows = 10;
constexpr std::size_t kShownValues = 10;

json::Array values_of(const BlockOutput& output) {
    const json::Value value = output.value.value();
    if (value.is_null()) return {};
    if (!output.table && value.array()) return *value.array();
    return {value};
}

// Python's str().
std::string text_of(const json::Value& value) { return value.string() ? *value.string() : json::python_repr(value); }

std::string variable(std::size_t index) { return "output_" + std::to_string(index); }

struct Table {
    json::Array columns;
    json::Array rows;
};
// An object is a table of one row.
Table table_of(const json::Object& object, bool table) {
    if (table) return {*object.array("columns"), *object.array("rows")};
    Table found;
    json::Array row;
    for (const json::Member& member : object) {
        found.columns.emplace_back(member.key);
        row.push_back(member.value);
    }
    if (!row.empty()) found.rows.emplace_back(std::move(row));
    return found;
}

void append_table(json::Writer& w, const Table& table, bool table_given, std::size_t most_rows) {
    w.begin_object("sample_data");
    w.key("columns");
    w.value(table.columns);
    w.begin_array("rows");
    for (std::size_t i = 0; i < std::min(most_rows, table.rows.size()); ++i) w.value(table.rows[i]);
    w.end_array();
    w.end_object();
    w.begin_array("shape");
    w.integer(table_given ? static_cast<std::int64_t>(table.rows.size()) : 1);
    w.integer(static_cast<std::int64_t>(table.columns.size()));
    w.end_array();
}

std::string csv_field(const json::Value& value, bool alone) {
    if (value.is_null()) return alone ? "\"\"" : "";
    const std::string text = text_of(value);
    if (text.find_first_of(",\"\r\n") == std::string::npos && !(alone && text.empty())) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(const json::Array& fields) {
    std::string line;
    for (const json::Value& field : fields) {
        if (&field != &fields.front()) line += ',';
        line += csv_field(field, fields.size() == 1);
    }
    return line;
}

}  // namespace

void append_returned(json::Writer& w, const BlockOutput& output) {
    w.begin_array();
    if (!output.table) {
        for (const json::Value& value : values_of(output)) w.value(value);
        return w.end_array();
    }
    const json::Value value = output.value.value();
    const Table table = table_of(*value.object(), true);
    json::Array records;
    for (const json::Value& row : table.rows) {
        json::Object record;
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            record.set(*table.columns[i].string(), (*row.array())[i]);
        records.emplace_back(std::move(record));
    }
    w.value(records);
    w.end_array();
}

void append_notebook_outputs(json::Writer& w, const BlockOutput& output) {
    const json::Array values = values_of(output);
    w.begin_array();
    for (std::size_t i = 0; i < std::min(kShownValues, values.size()); ++i) {
        if (values[i].is_null()) {
            w.null();
            continue;
        }
        w.begin_object();
        if (const json::Object* object = values[i].object()) {
            append_table(w, table_of(*object, output.table), output.table, kSampleRows);
            w.member("type", "table");
        } else {
            w.member("text_data", text_of(values[i]));
            w.member("type", "text");
        }
        w.member("variable_uuid", variable(i));
        w.end_object();
    }
    w.end_array();
}

void append_run_outputs(json::Writer& w, const BlockOutput& output) {
    const json::Array values = values_of(output);
    w.begin_array();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const json::Value& value = values[i];
        w.begin_object();
        w.member("outputs", nullptr);
        if (const json::Object* object = value.object()) {
            const Table table = table_of(*object, output.table);
            append_table(w, table, output.table, table.rows.size());
        } else {
            w.member("sample_data", nullptr);
            w.member("shape", nullptr);
        }
        if (value.is_null() || value.object())
            w.member("text_data", nullptr);
        else
            w.member("text_data", text_of(value));
        if (value.is_null()) {
            w.member("type", nullptr);
            w.member("variable_uuid", nullptr);
        } else {
            w.member("type", value.object() ? "table" : "text");
            w.member("variable_uuid", variable(i));
        }
        w.end_object();
    }
    w.end_array();
}

void append_output_variables(json::Writer& w, const BlockOutput& output) {
    const json::Array values = values_of(output);
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // Sorts like file names: output_10 comes before output_2.
    sort_stably(order, [](std::size_t a, std::size_t b) { return variable(a) < variable(b); });
    w.begin_array();
    for (const std::size_t i : order) {
        w.begin_object();
        w.member("uuid", variable(i));
        w.member("type", output.table ? std::string("pandas.DataFrame")
                                      : "<class '" + std::string(values[i].python_type()) + "'>");
        w.key("value");
        w.value(output.table ? json::Value("DataFrame") : values[i]);
        w.end_object();
    }
    w.end_array();
}

std::string csv_of(const BlockOutput& output) {
    if (!output.table) return "";
    const json::Value value = output.value.value();
    const Table table = table_of(*value.object(), true);
    std::string text = csv_line(table.columns);
    for (const json::Value& row : table.rows) text += "\n" + csv_line(*row.array());
    return text;
}

bool is_executed(const Instance& instance, const Pipeline& pipeline, std::string_view block_uuid) {
    for (const PipelineFile& file : instance.files.pipelines) {
        if (file.uuid == pipeline.uuid) return contains(file.executed, block_uuid);
    }
    return false;
}

}  // namespace runsim::api
