#include "api/schedules/backfill_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/rows/row_text.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/backfills.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

namespace {

// The columns in their raw order (http-api.md 5.2), without the closing bracket.
void append_columns(std::string& out, const Instance& instance, const Backfill& row) {
    const Store& store = instance.store;
    const bool id_last = traits_of(instance.project->release).base_columns_last;  // the other two are in order
    RowText w(out, str_date_style(store.dialect()));
    w.begin();
    if (!id_last) w.id("id", row.id.value);
    w.text("block_uuid", row.block_uuid);
    w.date("completed_at", row.completed_at);
    w.date("created_at", row.created_at);
    w.date("end_datetime", row.end_datetime);
    w.date("failed_at", row.failed_at);
    w.word("interval_type", row.interval_type ? name_of(*row.interval_type) : std::string_view());
    w.integer("interval_units", row.interval_units);
    w.json("metrics", row.metrics);
    w.text("name", row.name);
    w.id("pipeline_schedule_id", row.pipeline_schedule_id.value);
    w.word("pipeline_uuid", store.symbols.text(row.pipeline_uuid));
    w.json("settings", row.settings);
    w.date("start_datetime", row.start_datetime);
    w.date("started_at", row.started_at);
    w.word("status", row.status ? name_of(*row.status) : std::string_view());
    w.date("updated_at", row.updated_at);
    w.json("variables", row.variables);
    if (id_last) w.id("id", row.id.value);
}

// Returns how many dates have each status, where the run with the highest id counts for a date. Statuses are in order
// of first appearance by descending date.
std::vector<std::pair<RunStatus, std::int64_t>> status_counts(const Store& store, BackfillId backfill) {
    const RunsByDate& index = store.backfill_runs(backfill).by_date;
    std::vector<std::pair<RunStatus, std::int64_t>> counts;
    const Run* last = nullptr;
    for (auto at = index.rbegin(); at != index.rend(); ++at) {
        const Run* run = store.run(*at);
        if (last != nullptr && run->execution_date == last->execution_date) continue;
        last = run;
        const RunStatus status = run->status;
        const auto known =
            std::find_if(counts.begin(), counts.end(), [status](const auto& c) { return c.first == status; });
        if (known != counts.end())
            ++known->second;
        else
            counts.emplace_back(status, 1);
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

Outcome append_backfill(std::string& out, const Call& call, const Backfill& row) {
    const Store& store = call.store();
    append_columns(out, call.instance, row);
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
            append_preview(out, *dates, memory_rows(*page, static_cast<std::int64_t>(dates->size())), store.dialect());
        }
    }
    out += '}';
    return Done{};
}

}  // namespace runsim::api
