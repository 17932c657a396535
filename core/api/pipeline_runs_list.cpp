#include <algorithm>
#include <vector>

#include "api/paging.hpp"
#include "api/resources.hpp"
#include "api/retry_groups.hpp"
#include "api/run_filter.hpp"
#include "api/run_order.hpp"
#include "api/run_selection.hpp"
#include "api/run_text.hpp"
#include "base/text.hpp"
#include "json/write.hpp"

// LIST of runs (http-api.md 6).
namespace runsim::api {

namespace {

// The page before retries are grouped, and how many runs it is a page of.
struct FetchedRuns {
    std::vector<RunId> rows;
    std::int64_t count = 0;
};

ResultOf<FetchedRuns> fetch(const Call& call, const RunSelection& selection, const Page& page) {
    FetchedRuns fetched;
    const std::string* type = call.query.first("pipeline_type");
    if (!type) {
        if (auto status = check_sql_page(call.query, call.dialect()); !status) return status.error();
        fetched.count = selection.size();
        selection.append(sql_rows(page, fetched.count), fetched.rows);
        return fetched;
    }
    // Filtered after all have been loaded; the page then has no row beyond its limit (6.3).
    std::vector<RunId> all;
    selection.append({0, selection.size()}, all);
    std::vector<RunId> of_type;
    for (const RunId id : all) {
        const Symbol uuid = call.store().run(id)->pipeline_uuid;
        const Pipeline* pipeline = call.project().find_pipeline(uuid);
        if (!pipeline) return no_pipeline(call.store().symbols.text(uuid), call.project().repo_path);
        if (pipeline->type == *type) of_type.push_back(id);
    }
    fetched.count = static_cast<std::int64_t>(of_type.size());
    const Slice part = python_slice(page.offset, page.offset + page.limit, fetched.count);
    fetched.rows.assign(of_type.begin() + part.begin, of_type.begin() + part.end);
    return fetched;
}

bool groups_retries(const Call& call, const Page& page, std::int64_t count) {
    return page.limit != 0 && count >= 1 && !call.query.truthy("disable_retries_grouping") &&
           (call.query.first("pipeline_uuid") || call.parent);
}

std::string metadata_of(const Call& call, std::int64_t count, bool next) {
    std::string metadata = page_metadata(count, next);
    if (!call.query.truthy("include_pipeline_uuids")) return metadata;
    metadata.pop_back();
    metadata += ", \"pipeline_uuids\": ";
    json::Writer w(metadata);
    w.begin_array();
    for (const Pipeline& pipeline : call.project().pipelines) w.string(pipeline.uuid);
    w.end_array();
    metadata += '}';
    return metadata;
}

}  // namespace

Status list_pipeline_runs(Call& call, std::string& out) {
    const auto filter = RunFilter::read(call);
    if (!filter) return filter.error();
    const auto page = read_page(call.query);
    if (!page) return page.error();
    RunOrder order;
    if (page->limit != 0) {  // else no row is fetched, and none is ordered
        auto given = read_run_order(call.query);
        if (!given) return given.error();
        order = std::move(*given);
    }
    const auto selection = RunSelection::make(call.store(), *filter, order);
    if (!selection) return selection.error();
    auto fetched = fetch(call, *selection, *page);
    if (!fetched) return fetched.error();
    std::vector<RunId>& rows = fetched->rows;
    if (groups_retries(call, *page, fetched->count)) {
        if (auto status = group_retries(call.store(), *selection, rows); !status) return status;
    }
    const Trimmed trimmed = trim_rows(static_cast<std::int64_t>(rows.size()), page->limit);
    rows.resize(static_cast<std::size_t>(trimmed.size));

    const RunFormat format = run_format_of(call.format());
    RunPresenter presenter(call.instance, call.cache,
                           {call.query.truthy("include_pipeline_tags"),
                            call.query.truthy("include_pipeline_type") || call.query.first("pipeline_type")});
    static constexpr std::size_t kUsualRow = 2304;
    out.reserve(out.size() + kUsualRow * std::min<std::size_t>(rows.size(), 64));
    out += '[';
    for (const RunId id : rows) {
        if (id != rows.front()) out += ", ";
        if (auto status = presenter.append(out, *call.store().run(id), format); !status) return status;
    }
    out += ']';
    call.metadata = metadata_of(call, fetched->count, trimmed.next);
    return Done{};
}

}  // namespace runsim::api
