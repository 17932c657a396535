#include <algorithm>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/calls/records.hpp"
#include "api/runs/handlers.hpp"
#include "api/runs/retry_groups.hpp"
#include "api/runs/run_filter.hpp"
#include "api/runs/run_order.hpp"
#include "api/runs/run_selection.hpp"
#include "api/runs/run_text.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"

// LIST of runs (http-api.md 6).
namespace runsim::api {

namespace {

// The page before retries are grouped, and the total number of runs.
struct FetchedRuns {
    std::vector<RunId> rows;
    std::int64_t count = 0;
};

// Selects the runs of pipelines of a type. A run without a pipeline fails the whole list, wherever it is.
ResultOf<RunSelection> select_type(const Call& call, const RunFilter& filter, const RunOrder& order,
                                   std::string_view type) {
    std::vector<Symbol> of_type;
    std::vector<Symbol> gone;
    for (const PipelineRuns& runs : call.store().pipeline_runs()) {
        const Pipeline* pipeline = call.project().find_pipeline(runs.id);
        if (!pipeline)
            gone.push_back(runs.id);
        else if (pipeline->type == type)
            of_type.push_back(runs.id);
    }
    if (!gone.empty()) {
        const auto lost = RunSelection::make(call.store(), filter.among(std::move(gone)), order);
        if (!lost) return lost.error();
        if (lost->size() > 0) {
            std::vector<RunId> first;
            lost->append({0, 1}, first);
            return no_pipeline(call.store().symbols.text(call.store().run(first.front())->pipeline_uuid),
                               call.project());
        }
    }
    return RunSelection::make(call.store(), filter.among(std::move(of_type)), order);
}

ResultOf<FetchedRuns> fetch(const Call& call, const RunFilter& filter, const RunOrder& order,
                            const RunSelection& selection, const Page& page) {
    FetchedRuns fetched;
    const std::string* type = call.query.first("pipeline_type");
    if (!type) {
        if (auto done = check_sql_page(page, call.dialect()); !done) return done.error();
        fetched.count = selection.size();
        selection.append(sql_rows(page, fetched.count), fetched.rows);
        return fetched;
    }
    // The page has no extra row after its limit: the real server filters after loading all (http-api.md 6.3).
    const auto of_type = select_type(call, filter, order, *type);
    if (!of_type) return of_type.error();
    fetched.count = of_type->size();
    of_type->append(memory_rows(page, fetched.count, 0), fetched.rows);
    return fetched;
}

bool groups_retries(const Call& call, const Page& page, std::int64_t count) {
    return page.limit != 0 && count >= 1 && !call.query.truthy("disable_retries_grouping") &&
           (call.query.first("pipeline_uuid") || call.parent);
}

void add_pipeline_uuids(const Project& project, std::string& metadata) {
    metadata.pop_back();
    metadata += ", \"pipeline_uuids\": ";
    json::Writer w(metadata);
    w.begin_array();
    for (const Pipeline& pipeline : project.pipelines) w.string(pipeline.uuid);
    w.end_array();
    metadata += '}';
}

}  // namespace

Outcome list_pipeline_runs(Call& call, std::string& out) {
    const auto filter = RunFilter::read(call);
    if (!filter) return filter.error();
    const auto page = read_page(call.query);
    if (!page) return page.error();
    RunOrder order;
    if (page->limit != 0) {  // otherwise no row is fetched or ordered
        auto given = read_run_order(call.query);
        if (!given) return given.error();
        order = std::move(*given);
    }
    const auto selection = RunSelection::make(call.store(), *filter, order);
    if (!selection) return selection.error();
    auto fetched = fetch(call, *filter, order, *selection, *page);
    if (!fetched) return fetched.error();
    std::vector<RunId>& rows = fetched->rows;
    if (groups_retries(call, *page, fetched->count)) {
        if (auto done = group_retries(call.store(), *selection, rows); !done) return done;
    }
    const ShownRows shown = trim_rows({0, static_cast<std::int64_t>(rows.size())}, page->limit, fetched->count);

    const RunFormat format = run_format_of(call.format());
    RunPresenter presenter(call.instance, call.cache,
                           {call.query.truthy("include_pipeline_tags"),
                            call.query.truthy("include_pipeline_type") || call.query.first("pipeline_type")});
    static constexpr std::size_t kUsualRow = 2304;
    out.reserve(out.size() + kUsualRow * std::min<std::size_t>(rows.size(), 64));
    const auto done = write_page(
        call, out, shown, [&](std::size_t i) { return presenter.append(out, *call.store().run(rows[i]), format); });
    if (call.query.truthy("include_pipeline_uuids")) add_pipeline_uuids(call.project(), call.metadata);
    return done;
}

}  // namespace runsim::api
