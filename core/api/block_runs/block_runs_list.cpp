#include <vector>

#include "api/block_runs/block_run_list_rule.hpp"
#include "api/block_runs/block_run_order.hpp"
#include "api/block_runs/handlers.hpp"
#include "api/calls/paging.hpp"
#include "api/errors/database_error.hpp"
#include "api/rows/python_number.hpp"
#include "api/rows/row_text.hpp"
#include "base/text/text.hpp"
#include "model/date_style.hpp"

// LIST of block runs (http-api.md 5.6, 9): of one run, or of all.
namespace runsim::api {

namespace {

void append_item(std::string& out, const Call& call, const BlockRun& row, const Schedule* schedule) {
    RowText w(out, iso_date_style(call.dialect()));
    w.begin();
    w.text("block_uuid", std::string(call.store().symbols.text(row.block_uuid)));
    w.date("completed_at", row.dates.completed_at());
    w.date("created_at", row.dates.created_at());
    w.id("id", row.id.value);
    w.id("pipeline_run_id", row.pipeline_run_id.value);
    w.date("started_at", row.dates.started_at());
    w.word("status", name_of(row.status));
    w.date("updated_at", row.dates.updated_at());
    w.id("pipeline_schedule_id", schedule ? schedule->id.value : 0);
    w.text("pipeline_schedule_name", schedule ? schedule->name : std::nullopt);
    w.end();
}

// Returns the id in the filter `pipeline_run_id`, or nullopt if there is no filter. A text counts if Python's float()
// accepts it, and then int() must accept it, too.
ResultOf<std::optional<std::int64_t>> read_run_id(const Call& call) {
    using Result = std::optional<std::int64_t>;
    const std::string* text = call.query.first("pipeline_run_id");
    if (!text || !is_truthy(*text)) return Result();
    if (*text == "true") return Result(1);
    if (!is_python_float(*text)) return Result();
    const auto number = parse_python_int(*text);
    if (!number) return not_an_int(*text);
    if (number->saturated && call.dialect() == Dialect::sqlite) return sqlite_overflow();
    return Result(number->value);
}

// The filters of the list of all block runs. They apply to the schedule's pipeline, not to the run's.
struct Filter {
    std::optional<std::int64_t> run = {};
    std::optional<Symbol> pipeline = {};
    bool none = false;  // nothing passes: no row has the pipeline's uuid
};

ResultOf<Filter> read_filter(const Call& call) {
    const auto run = read_run_id(call);
    if (!run) return run.error();
    Filter filter{.run = *run};
    const std::string* uuid = call.query.first("pipeline_uuid");
    if (!uuid || !is_truthy(*uuid)) return filter;
    if (call.dialect() == Dialect::postgres && uuid->find('\0') != std::string::npos) return nul_in_text();
    filter.pipeline = call.store().symbols.find(*uuid);
    filter.none = !filter.pipeline;
    return filter;
}

// The fetched rows of a page, of a list of `count`.
struct Fetched {
    Slice slice;
    std::int64_t count = 0;
    std::vector<const BlockRun*> rows;
};

Fetched fetch(const std::vector<const BlockRun*>& all, const Page& page) {
    const auto count = static_cast<std::int64_t>(all.size());
    const Slice slice = sql_rows(page, count);
    const auto at = [&all](std::int64_t row) { return all.begin() + static_cast<std::ptrdiff_t>(row); };
    return {slice, count, {at(slice.begin), at(slice.end)}};
}

Fetched fetch(Store& store, const BlockRunListRule& rule, const Page& page) {
    const KeptList& list = store.kept_lists().get(store, rule);
    const auto count = static_cast<std::int64_t>(list.size());
    Fetched fetched{sql_rows(page, count), count, {}};
    std::vector<std::uint32_t> ids;
    list.append({}, static_cast<std::size_t>(fetched.slice.begin), static_cast<std::size_t>(fetched.slice.end), ids);
    for (const std::uint32_t id : ids) fetched.rows.push_back(store.block_run(BlockRunId{id}));
    return fetched;
}

Fetched fetch(Store& store, const Filter& filter, const BlockRunOrder& order, const Page& page) {
    if (filter.none) return {};
    const BlockRunListRule rule(store, filter.pipeline, order);
    if (!filter.run) return fetch(store, rule, page);
    std::vector<const BlockRun*> rows;
    for (const BlockRun& row : store.block_runs_of(RunId::from(*filter.run)))
        if (rule.lists(row)) rows.push_back(&row);
    order.sort(store, rows);
    return fetch(rows, page);
}

Outcome append_page(Call& call, std::string& out, const Fetched& fetched, const Page& page, bool with_schedule) {
    return write_page(call, out, trim_rows(fetched.slice, page.limit, fetched.count), [&](std::size_t i) {
        const BlockRun& row = *fetched.rows[i - static_cast<std::size_t>(fetched.slice.begin)];
        append_item(out, call, row, with_schedule ? schedule_of(call.store(), row) : nullptr);
    });
}

}  // namespace

Outcome list_block_runs(Call& call, std::string& out) {
    const auto page = read_page(call.query);
    if (!page) return page.error();
    if (call.parent) {
        // The id of any parent is taken for a run's (Q6).
        if (call.parent->pipeline) return no_attribute("Pipeline", "id");
        if (auto done = check_sql_page(*page, call.dialect()); !done) return done;
        std::vector<const BlockRun*> rows;
        for (const BlockRun& row : call.store().block_runs_of(RunId{call.parent->id})) rows.push_back(&row);
        return append_page(call, out, fetch(rows, *page), *page, false);
    }
    const auto filter = read_filter(call);
    if (!filter) return filter.error();
    const auto order = BlockRunOrder::read(call.query, call.dialect());
    if (!order) return order.error();
    if (auto done = check_sql_page(*page, call.dialect()); !done) return done;
    return append_page(call, out, fetch(call.store(), *filter, *order, *page), *page, true);
}

}  // namespace runsim::api
