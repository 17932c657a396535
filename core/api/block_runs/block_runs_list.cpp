#include <vector>

#include "api/block_runs/block_run_order.hpp"
#include "api/block_runs/handlers.hpp"
#include "api/calls/paging.hpp"
#include "api/errors/database_error.hpp"
#include "api/rows/python_number.hpp"
#include "api/rows/row_text.hpp"
#include "base/text/text.hpp"
#include "model/date_style.hpp"

// LIST of block runs (http-api.md 5.6, 9): of one run, or of all, which reads every existing block run.
namespace runsim::api {

namespace {

void append_item(std::string& out, const Call& call, const BlockRun& row, const Schedule* schedule) {
    RowText w(out, iso_date_style(call.dialect()));
    w.begin();
    w.text("block_uuid", std::string(call.store().symbols.text(row.block_uuid)));
    w.date("completed_at", row.completed_at);
    w.date("created_at", row.created_at);
    w.id("id", row.id.value);
    w.id("pipeline_run_id", row.pipeline_run_id.value);
    w.date("started_at", row.started_at);
    w.word("status", name_of(row.status));
    w.date("updated_at", row.updated_at);
    w.id("pipeline_schedule_id", schedule ? schedule->id.value : 0);
    w.text("pipeline_schedule_name", schedule ? schedule->name : std::nullopt);
    w.end();
}

// Returns the schedule of a block run's run, or nullptr if either is gone: the list joins all three.
const Schedule* schedule_of(const Store& store, const BlockRun& row) {
    const Run* run = store.run(row.pipeline_run_id);
    return run ? store.schedule(run->pipeline_schedule_id) : nullptr;
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

// Returns the joined rows that pass the query's filters, in no particular order.
ResultOf<std::vector<const BlockRun*>> select(const Call& call) {
    const auto run_id = read_run_id(call);
    if (!run_id) return run_id.error();
    const Store& store = call.store();
    const std::string* uuid = call.query.first("pipeline_uuid");
    const bool by_pipeline = uuid && is_truthy(*uuid);
    if (by_pipeline && call.dialect() == Dialect::postgres && uuid->find('\0') != std::string::npos)
        return nul_in_text();
    const std::optional<Symbol> pipeline = by_pipeline ? store.symbols.find(*uuid) : std::nullopt;

    std::vector<const BlockRun*> rows;
    if (by_pipeline && !pipeline) return rows;
    const auto add = [&](const BlockRun& row) {
        const Schedule* schedule = schedule_of(store, row);
        if (schedule && (!pipeline || schedule->pipeline_uuid == *pipeline)) rows.push_back(&row);
    };
    if (!*run_id) {
        for (const BlockRun& row : store.block_runs()) add(row);
    } else {
        for (const BlockRun& row : store.block_runs_of(RunId::from(**run_id))) add(row);
    }
    return rows;
}

Outcome append_page(Call& call, std::string& out, const std::vector<const BlockRun*>& rows, const Page& page,
                    bool with_schedule) {
    const auto count = static_cast<std::int64_t>(rows.size());
    return write_page(call, out, trim_rows(sql_rows(page, count), page.limit, count), [&](std::size_t i) {
        append_item(out, call, *rows[i], with_schedule ? schedule_of(call.store(), *rows[i]) : nullptr);
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
        return append_page(call, out, rows, *page, false);
    }
    auto rows = select(call);
    if (!rows) return rows.error();
    const auto order = BlockRunOrder::read(call.query, call.dialect());
    if (!order) return order.error();
    if (auto done = check_sql_page(*page, call.dialect()); !done) return done;
    const Slice slice = sql_rows(*page, static_cast<std::int64_t>(rows->size()));
    order->sort(call.store(), *rows, static_cast<std::size_t>(slice.end));
    return append_page(call, out, *rows, *page, true);
}

}  // namespace runsim::api
