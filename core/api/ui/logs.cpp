#include "lifecycle/logs/logs.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/calls/records.hpp"
#include "api/calls/timestamps.hpp"
#include "api/rows/column.hpp"
#include "api/ui/handlers.hpp"
#include "base/sort_stably.hpp"
#include "json/write.hpp"

// Log files of a pipeline's runs, and the real server's view of those of a block run (http-api.md 5.9, lifecycle.md
// 12).
namespace runsim::api {

namespace {

constexpr std::size_t kMostFiles = 20;  // of each kind

// Returns the ids in a comma-separated list of the query, or nullopt if there is no such filter.
ResultOf<std::vector<std::int64_t>> read_ids(const Call& call, std::string_view name) {
    const auto texts = call.query.comma_list(name);
    if (!texts) return texts.error();
    std::vector<std::int64_t> ids;
    for (const std::string_view text : *texts) {
        const auto id = integer_column({call.dialect(), "pipeline_run", "id"}, json::Value(text));
        if (!id) return id.error();
        ids.push_back(id->value_or(0));
    }
    return ids;
}

bool is_among(const std::vector<std::int64_t>& ids, std::uint32_t id) {
    return ids.empty() || std::find(ids.begin(), ids.end(), std::int64_t{id}) != ids.end();
}

struct LogFilter {
    Symbol pipeline;  // of the runs' schedules
    std::vector<std::int64_t> schedules;
    std::vector<std::int64_t> runs;
    std::vector<std::int64_t> block_runs;
    std::vector<std::string_view> blocks;
    MaybeInstant from;
    MaybeInstant to;

    static ResultOf<LogFilter> read(const Call& call) {
        LogFilter filter;
        filter.pipeline = call.parent->pipeline->symbol;
        const auto from = read_timestamp(call.query, "start_timestamp");
        if (!from) return from.error();
        const auto to = read_timestamp(call.query, "end_timestamp");
        if (!to) return to.error();
        filter.from = *from;
        filter.to = *to;
        for (const auto& [name, ids] :
             {std::pair{"pipeline_schedule_id[]", &filter.schedules}, std::pair{"pipeline_run_id[]", &filter.runs},
              std::pair{"block_run_id[]", &filter.block_runs}}) {
            auto given = read_ids(call, name);
            if (!given) return given.error();
            *ids = std::move(*given);
        }
        auto blocks = call.query.comma_list("block_uuid[]");
        if (!blocks) return blocks.error();
        filter.blocks = std::move(*blocks);
        return filter;
    }

    bool matches(const Store& store, const Run& run) const {
        const Schedule* schedule = store.schedule(run.pipeline_schedule_id);
        if (!schedule || schedule->pipeline_uuid != pipeline) return false;
        if (from && (!run.execution_date || *run.execution_date < *from)) return false;
        if (to && (!run.execution_date || *run.execution_date > *to)) return false;
        return is_among(schedules, schedule->id.value) && is_among(runs, run.id.value);
    }
    bool matches(const Store& store, const BlockRun& row) const {
        if (!is_among(block_runs, row.id.value)) return false;
        return blocks.empty() ||
               std::find(blocks.begin(), blocks.end(), store.symbols.text(row.block_uuid)) != blocks.end();
    }
    bool wants_pipeline_logs() const { return blocks.empty() && block_runs.empty(); }
};

void append_file(std::string& out, const std::string& path, const std::string& content, Instant modified) {
    json::Writer w(out);
    w.begin_object();
    w.member("name", std::string_view(path).substr(path.rfind('/') + 1));
    w.member("path", path);
    w.member("size", static_cast<std::int64_t>(content.size()));
    w.member("modified_timestamp", static_cast<double>(modified.us) / 1e6);
    w.member("content", content);
    w.end_object();
}

// Writes the files of a page of rows, each path once. `file_of(row)` returns a row's path and lines.
template <class Row, class FileOf>
void append_files(std::string& out, const Call& call, const std::vector<const Row*>& rows, const Slice& part,
                  FileOf file_of) {
    std::set<std::string> written;
    out += '[';
    for (std::int64_t i = part.begin; i < part.end && written.size() < kMostFiles; ++i) {
        const auto& [path, run, lines] = file_of(*rows[static_cast<std::size_t>(i)]);
        if (!written.insert(path).second) continue;
        if (written.size() > 1) out += ", ";
        append_file(out, path, log_text(call.instance, lines), lines.empty() ? run->created_at : lines.back().at);
    }
    out += ']';
}

struct LogFile {
    std::string path;
    const Run* run;
    std::vector<LogLine> lines;
};

Slice part_of(const Call& call, const Page& page, std::size_t count) {
    const auto size = static_cast<std::int64_t>(count);
    if (!call.query.first("_limit")) return {0, size};
    return memory_rows(page, size, 0);
}

// Newest first. Block runs that have not started sort as the database sorts NULL.
void sort_rows(std::vector<const Run*>& runs, std::vector<const BlockRun*>& block_runs, Dialect dialect) {
    sort_stably(runs, [](const Run* a, const Run* b) { return a->created_at > b->created_at; });
    const bool nulls_first = dialect == Dialect::postgres;
    sort_stably(block_runs, [nulls_first](const BlockRun* a, const BlockRun* b) {
        const MaybeInstant a_began = a->dates.started_at();
        const MaybeInstant b_began = b->dates.started_at();
        if (!a_began || !b_began) return nulls_first ? !a_began && b_began : a_began && !b_began;
        return *a_began > *b_began;
    });
}

Outcome list_pipeline_logs(Call& call, std::string& out) {
    const Store& store = call.store();
    const auto filter = LogFilter::read(call);
    if (!filter) return filter.error();
    const auto page = read_page(call.query);
    if (!page) return page.error();
    std::vector<const Run*> runs;
    std::vector<const BlockRun*> block_runs;
    for (const Run& run : store.runs()) {
        if (!filter->matches(store, run)) continue;
        if (filter->wants_pipeline_logs()) runs.push_back(&run);
        for (const BlockRun& row : store.block_runs_of(run.id))
            if (filter->matches(store, row)) block_runs.push_back(&row);
    }
    sort_rows(runs, block_runs, call.dialect());

    out += "[{\"block_run_logs\": ";
    append_files(out, call, block_runs, part_of(call, *page, block_runs.size()), [&](const BlockRun& row) {
        return LogFile{block_log_path(call.instance, row), store.run(row.pipeline_run_id),
                       block_log_file(call.instance, row)};
    });
    out += ", \"pipeline_run_logs\": ";
    append_files(out, call, runs, part_of(call, *page, runs.size()), [&](const Run& run) {
        return LogFile{scheduler_log_path(call.instance, run), &run, scheduler_log_file(call.instance, run)};
    });
    out += ", \"total_block_run_log_count\": ";
    json::append(out, static_cast<std::int64_t>(block_runs.size()));
    out += ", \"total_pipeline_run_log_count\": ";
    json::append(out, static_cast<std::int64_t>(runs.size()));
    out += "}]";
    return Done{};
}

// The real server treats the keys of the one log as logs, and a key's name as each of their attributes.
void append_broken_logs(std::string& out) {
    json::Writer w(out);
    w.begin_array();
    for (const std::string_view word : {"name", "path", "size", "modified_timestamp", "content"}) {
        w.begin_object();
        for (const std::string_view key :
             {"block_run_logs", "pipeline_run_logs", "total_block_run_log_count", "total_pipeline_run_log_count"}) {
            w.member(key, word);
        }
        w.end_object();
    }
    w.end_array();
}

}  // namespace

Outcome list_logs(Call& call, std::string& out) {
    if (call.parent && call.parent->pipeline) return list_pipeline_logs(call, out);
    if (call.parent && call.parent->resource->find == find_block_run)
        append_broken_logs(out);
    else
        out += "[]";
    return Done{};
}

}  // namespace runsim::api
