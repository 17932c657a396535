#include "api/block_runs/handlers.hpp"
#include "api/rows/insert_row.hpp"
#include "api/rows/row_columns.hpp"
#include "api/rows/row_text.hpp"
#include "base/contains.hpp"
#include "model/date_style.hpp"

// CREATE, UPDATE and DELETE of block runs (http-api.md 5.6): plain rows. LIST: block_runs_list.cpp; DETAIL is disabled.
namespace runsim::api {

namespace {

constexpr std::string_view kTable = "block_run";

Outcome set_status(Instance&, BlockRun& row, const Column& column, const json::Value& value) {
    const auto status = enum_column<BlockRunStatus>(column, value);
    if (!status) return status.error();
    row.status = status->value_or(BlockRunStatus::initial);
    return Done{};
}

// In the order of the table's columns.
constexpr RowColumn<BlockRun> kColumns[] = {
    {"created_at", set_packed_date<&BlockRunDates::created_at>},
    {"updated_at", set_packed_date<&BlockRunDates::updated_at>},
    {"pipeline_run_id", set_id<&BlockRun::pipeline_run_id>},
    {"block_uuid", set_symbol<&BlockRun::block_uuid>},
    {"status", set_status},
    {"started_at", set_packed_date<&BlockRunDates::started_at>},
    {"completed_at", set_packed_date<&BlockRunDates::completed_at>},
    {"metrics", set_json<&BlockRun::metrics>},
};

constexpr std::string_view kProperties[] = {"logs",  "pipeline", "pipeline_project_platform",
                                            "query", "select",   "session"};
constexpr std::string_view kMethods[] = {
    "batch_delete", "batch_update_status", "create",   "delete",  "full_clean", "get",
    "get_outputs",  "logs_async",          "metadata", "refresh", "registry",   "save",
    "to_dict",      "to_dict_async",       "update"};

Outcome check_payload(const json::Object& payload, bool creating) {
    for (const json::Member& member : payload) {
        const std::string& key = member.key;
        if (contains(kProperties, key))
            return attribute_error("property '" + key + "' of 'BlockRun' object has no setter");
        if (key == "pipeline_run") {
            if (!member.value.is_null()) return no_attribute(member.value.python_type(), "_sa_instance_state");
            continue;
        }
        if (!creating || key == "id" || has_column(kColumns, key) || contains(kMethods, key)) continue;
        return type_error("'" + key + "' is an invalid keyword argument for BlockRun");
    }
    return Done{};
}

// The checks of postgres for the row's references.
Outcome check_run(const Store& store, const BlockRun& row) {
    if (store.dialect() == Dialect::sqlite || !row.pipeline_run_id || store.run(row.pipeline_run_id)) return Done{};
    return no_such_row(kTable, "pipeline_run_id", "pipeline_run", row.pipeline_run_id.value);
}

void append_raw(std::string& out, const Call& call, const BlockRun& row) {
    RowText w(out, str_date_style(call.dialect()));
    w.raw_row(row, call.project().release, [&] {
        w.id("pipeline_run_id", row.pipeline_run_id.value);
        w.word("block_uuid", call.store().symbols.text(row.block_uuid));
        w.word("status", name_of(row.status));
        w.date("started_at", row.dates.started_at());
        w.date("completed_at", row.dates.completed_at());
        w.json("metrics", row.metrics);
    });
}

}  // namespace

Outcome create_block_run(Call& call, std::string& out) {
    if (auto done = check_payload(call.payload, true); !done) return done;
    BlockRun row;
    if (auto done = set_columns(call.instance, kTable, kColumns, call.payload, row); !done) return done;
    if (const json::Value* id = call.payload.find("id")) {
        if (auto done = set_id<&BlockRun::id>(call.instance, row, {call.dialect(), kTable, "id"}, *id); !done)
            return done;
    }
    if (auto done = check_run(call.store(), row); !done) return done;
    const auto id = insert_row(call.instance, kTable, std::move(row));
    if (!id) return id.error();
    append_raw(out, call, *call.store().block_run(*id));
    return Done{};
}

Outcome update_block_run(Call& call, std::string& out) {
    const BlockRunId id{call.record.id};
    if (auto done = check_payload(call.payload, false); !done) return done;
    BlockRun row = *call.store().block_run(id);
    if (auto done = set_columns(call.instance, kTable, kColumns, call.payload, row); !done) return done;
    if (auto done = check_run(call.store(), row); !done) return done;
    const Instant given = row.dates.updated_at();
    write(call.instance, id, [&row](BlockRun& stored) {
        row.dates.set_updated_at(stored.dates.updated_at());
        stored = row;
    });
    if (const json::Value* date = call.payload.find("updated_at"); date && !date->is_null())
        call.store().update(id, [given](BlockRun& stored) { stored.dates.set_updated_at(given); });
    append_raw(out, call, *call.store().block_run(id));
    return Done{};
}

Outcome delete_block_run(Call& call, std::string& out) {
    const BlockRunId id{call.record.id};
    append_raw(out, call, *call.store().block_run(id));
    call.instance.moment();
    call.store().erase(id);
    return Done{};
}

}  // namespace runsim::api
