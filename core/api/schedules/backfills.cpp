#include "lifecycle/requests/backfills.hpp"

#include <vector>

#include "api/calls/paging.hpp"
#include "api/rows/insert_row.hpp"
#include "api/rows/row_columns.hpp"
#include "api/schedules/backfill_text.hpp"
#include "api/schedules/handlers.hpp"
#include "base/sort_stably.hpp"
#include "lifecycle/rows/write_row.hpp"

// Backfills (http-api.md 10).
namespace runsim::api {

namespace {

constexpr std::string_view kTable = "backfill";

Outcome set_interval_type(Instance&, Backfill& row, const Column& column, const json::Value& value) {
    const auto type = enum_column<IntervalType>(column, value);
    if (!type) return type.error();
    row.interval_type = *type;
    return Done{};
}

// The columns that clients may set. The two dates are parsed if they are texts.
constexpr RowColumn<Backfill> kEditable[] = {
    {"block_uuid", set_text<&Backfill::block_uuid>},
    {"end_datetime", set_date<&Backfill::end_datetime>},
    {"interval_type", set_interval_type},
    {"interval_units", set_integer<&Backfill::interval_units>},
    {"name", set_text<&Backfill::name>},
    {"settings", set_json<&Backfill::settings>},
    {"start_datetime", set_date<&Backfill::start_datetime>},
    {"variables", set_json<&Backfill::variables>},
};

// Stores the payload's values; null clears nothing.
Outcome set_editable(Call& call, Backfill& row) {
    json::Object payload;
    for (json::Member& member : call.payload) {
        const bool parsed = call.date(member.key) != nullptr;
        if (!parsed && !member.value.is_null()) payload.append(member.key, member.value);
    }
    if (auto done = set_columns(call.instance, kTable, kEditable, payload, row); !done) return done;
    if (const WrittenDate* start = call.date("start_datetime"))
        row.start_datetime = stored_date(call.dialect(), *start);
    if (const WrittenDate* end = call.date("end_datetime")) row.end_datetime = stored_date(call.dialect(), *end);
    return Done{};
}

Outcome present(Call& call, std::string& out, BackfillId id) {
    return append_backfill(out, call, *call.store().backfill(id));
}

}  // namespace

Outcome list_backfills(Call& call, std::string& out) {
    const Store& store = call.store();
    const auto page = read_page(call.query);
    if (!page) return page.error();
    const std::string* uuid = call.query.first("pipeline_uuid");
    std::vector<const Backfill*> rows;
    for (const Backfill& row : store.backfills()) {
        if (!uuid || !is_truthy(*uuid) || store.symbols.text(row.pipeline_uuid) == *uuid) rows.push_back(&row);
    }
    sort_stably(rows, [](const Backfill* a, const Backfill* b) { return a->created_at > b->created_at; });
    if (auto done = check_sql_page(*page, call.dialect()); !done) return done;
    const auto count = static_cast<std::int64_t>(rows.size());
    return write_page(call, out, trim_rows(sql_rows(*page, count), page->limit, count),
                      [&](std::size_t i) { return append_backfill(out, call, *rows[i]); });
}

Outcome detail_backfill(Call& call, std::string& out) { return present(call, out, BackfillId{call.record.id}); }

Outcome create_backfill(Call& call, std::string& out) {
    if (!call.parent) return no_attribute("NoneType", "uuid");
    if (!call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "uuid");
    Backfill row;
    row.pipeline_uuid = call.parent->pipeline->symbol;
    if (auto done = set_editable(call, row); !done) return done;
    const auto id = insert_row(call.instance, kTable, std::move(row));
    if (!id) return id.error();
    return present(call, out, *id);
}

Outcome update_backfill(Call& call, std::string& out) {
    const BackfillId id{call.record.id};
    const json::Value* given = call.payload.find("status");
    const std::string* text = given ? given->string() : nullptr;
    const auto status = text ? enum_of<BackfillStatus>(*text) : std::nullopt;
    if (status && status != call.store().backfill(id)->status) {
        if (*status == BackfillStatus::initial) {
            if (const auto done = start_backfill(call.instance, id); !done) return python_failure(done.error());
            return present(call, out, id);
        }
        if (*status == BackfillStatus::cancelled) {
            if (const auto done = cancel_backfill(call.instance, id); !done) return python_failure(done.error());
            return present(call, out, id);
        }
    }
    Backfill row = *call.store().backfill(id);
    if (auto done = set_editable(call, row); !done) return done;
    write(call.instance, id, [&row](Backfill& stored) { stored = row; });
    return present(call, out, id);
}

Outcome delete_backfill(Call& call, std::string& out) {
    const BackfillId id{call.record.id};
    // The answer shows the row before its deletion.
    if (auto done = present(call, out, id); !done) return done;
    std::vector<RunId> runs;
    for (const Run& run : call.store().runs())
        if (run.backfill_id == id) runs.push_back(run.id);
    for (const RunId run : runs) write(call.instance, run, [](Run& row) { row.backfill_id = BackfillId(); });
    call.instance.store.erase(id);
    return Done{};
}

}  // namespace runsim::api
