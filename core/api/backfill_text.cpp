#include "api/backfill_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "api/paging.hpp"
#include "api/run_text.hpp"
#include "json/write.hpp"
#include "lifecycle/backfills.hpp"

namespace runsim::api {

namespace {

// The columns in their raw order (5.2), without the closing bracket.
void append_columns(std::string& out, const Store& store, const Backfill& row) {
    const DateStyle style = model_date_style(store.dialect());
    json::Writer w(out);
    const auto text = [&w](std::string_view key, const std::optional<std::string>& value) {
        w.key(key);
        if (value) w.string(*value); else w.null();
    };
    const auto word = [&w](std::string_view key, std::string_view value) {
        w.key(key);
        if (value.empty()) w.null(); else w.string(value);
    };
    const auto date = [&w, style](std::string_view key, MaybeInstant value) {
        w.key(key);
        if (value) w.string(date_text(*value, style)); else w.null();
    };
    const auto json = [&w](std::string_view key, const json::Text& value) {
        w.key(key);
        w.raw(value.json());
    };
    w.begin_object();
    w.key("id");
    w.integer(row.id.value);
    text("block_uuid", row.block_uuid);
    date("completed_at", row.completed_at);
    date("created_at", row.created_at);
    date("end_datetime", row.end_datetime);
    date("failed_at", row.failed_at);
    word("interval_type", row.interval_type ? name_of(*row.interval_type) : std::string_view());
    w.key("interval_units");
    if (row.interval_units) w.integer(*row.interval_units); else w.null();
    json("metrics", row.metrics);
    text("name", row.name);
    w.key("pipeline_schedule_id");
    if (row.pipeline_schedule_id) w.integer(row.pipeline_schedule_id.value); else w.null();
    word("pipeline_uuid", store.symbols.text(row.pipeline_uuid));
    json("settings", row.settings);
    date("start_datetime", row.start_datetime);
    date("started_at", row.started_at);
    word("status", row.status ? name_of(*row.status) : std::string_view());
    date("updated_at", row.updated_at);
    json("variables", row.variables);
}

// How many dates stand at each status, counting of each date the run with the highest id; statuses in the order in which they first come when
// dates descend.
std::vector<std::pair<RunStatus, std::int64_t>> status_counts(const Store& store, BackfillId backfill) {
    const SortedChunks<Store::DateKey>& index = store.backfill_runs(backfill).by_date;
    const std::vector<Store::DateKey> keys(index.rbegin(), index.rend());
    std::vector<std::pair<RunStatus, std::int64_t>> counts;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i > 0 && keys[i].date == keys[i - 1].date) continue;
        const RunStatus status = store.run(keys[i].id)->status;
        const auto known = std::find_if(counts.begin(), counts.end(), [status](const auto& c) { return c.first == status; });
        if (known != counts.end()) ++known->second; else counts.emplace_back(status, 1);
    }
    return counts;
}

void append_preview(std::string& out, const std::vector<Instant>& dates, const Slice& part, Dialect dialect) {
    out += ", \"pipeline_run_dates\": [";
    for (std::int64_t i = part.begin; i < part.end; ++i) {
        if (i > part.begin) out += ", ";
        json::append(out, backfill_variables(dates, static_cast<std::size_t>(i), dialect));
    }
    out += ']';
}

}  // namespace

Status append_backfill(std::string& out, const Call& call, const Backfill& row) {
    const Store& store = call.store();
    append_columns(out, store, row);
    const bool preview = call.query.truthy("include_preview_runs");
    const bool counted = preview || call.query.truthy("include_run_count");
    if (counted && row.start_datetime && row.end_datetime && row.interval_type && row.interval_units) {
        const auto dates = backfill_dates(row);
        if (!dates) return python_failure(dates.error());
        out += ", \"total_run_count\": ";
        json::append(out, static_cast<std::int64_t>(dates->size()));
        out += ", \"run_status_counts\": {";
        bool first = true;
        for (const auto& [status, count] : status_counts(store, row.id)) {
            if (!first) out += ", ";
            first = false;
            json::append_string(out, name_of(status));
            out += ": ";
            json::append(out, count);
        }
        out += '}';
        if (preview) {
            const auto page = read_page(call.query);
            if (!page) return page.error();
            // One more than the limit.
            append_preview(out, *dates,
                           memory_rows(*page, static_cast<std::int64_t>(dates->size())),
                           store.dialect());
        }
    }
    out += '}';
    return Done{};
}

}  // namespace runsim::api
