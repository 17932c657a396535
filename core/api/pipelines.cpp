#include <algorithm>
#include <vector>

#include "api/paging.hpp"
#include "api/pipeline_actions.hpp"
#include "api/pipeline_text.hpp"
#include "api/resources.hpp"
#include "json/write.hpp"

// Pipelines (http-api.md 5.9). They are files: their content cannot be changed here, their schedules and runs can.
namespace runsim::api {

namespace {

// The comma lists that filter pipelines, and whether one of them lets a pipeline through.
struct PipelineFilter {
    std::vector<std::string_view> types;
    std::vector<std::string_view> tags;

    static ResultOf<PipelineFilter> read(const Query& query) {
        auto types = query.comma_list("type[]");
        if (!types) return types.error();
        auto tags = query.comma_list("tag[]");
        if (!tags) return tags.error();
        return PipelineFilter{std::move(*types), std::move(*tags)};
    }

    bool matches(const Pipeline& pipeline) const {
        if (!types.empty() && std::find(types.begin(), types.end(), pipeline.type) == types.end()) return false;
        if (tags.empty()) return true;
        return pipeline.tags && std::any_of(tags.begin(), tags.end(), [&](std::string_view tag) {
                   return std::find(pipeline.tags->begin(), pipeline.tags->end(), tag) != pipeline.tags->end();
               });
    }
};

std::string metadata_of(std::int64_t count, std::int64_t results, bool limited, const Page& page, bool next) {
    std::string text = "{\"count\": ";
    json::append(text, count);
    text += ", \"results\": ";
    json::append(text, results);
    text += ", \"next\": ";
    text += !limited ? "null" : page.limit == 0 ? "0" : next ? "true" : "false";
    text += '}';
    return text;
}

}  // namespace

Status list_pipelines(Call& call, std::string& out) {
    const auto filter = PipelineFilter::read(call.query);
    if (!filter) return filter.error();
    std::vector<const Pipeline*> found;
    for (const Pipeline& pipeline : call.project().pipelines)
        if (filter->matches(pipeline)) found.push_back(&pipeline);

    const auto page = read_page(call.query);
    if (!page) return page.error();
    const bool limited = call.query.first("_limit") != nullptr;
    const auto count = static_cast<std::int64_t>(found.size());
    // Without a limit, and with one of 0, all are shown.
    const bool all = !limited || page->limit == 0;
    const Slice part = all ? Slice{0, count} : python_slice(page->offset, page->offset + page->limit + 1, count);
    const Trimmed trimmed = all ? Trimmed{count, false} : trim_rows(part.size(), page->limit);

    const PipelineParts parts{.detail = false, .schedules = call.query.truthy("include_schedules")};
    out += '[';
    for (std::int64_t i = 0; i < trimmed.size; ++i) {
        if (i > 0) out += ", ";
        append_pipeline(out, call.instance, *found[static_cast<std::size_t>(part.begin + i)], parts);
    }
    out += ']';
    call.metadata = metadata_of(count, trimmed.size, limited, *page, trimmed.next);
    return Done{};
}

Status detail_pipeline(Call& call, std::string& out) {
    const auto left_out = [&call](std::string_view name) { return call.query.first(name) && !call.query.truthy(name); };
    append_pipeline(out, call.instance, *call.record.pipeline,
                    {.detail = true,
                     .schedules = call.query.truthy("include_schedules"),
                     .content = !left_out("includes_content"),
                     .outputs = !left_out("includes_outputs")});
    return Done{};
}

Status update_pipeline(Call& call, std::string& out) {
    if (auto status = act_on_pipeline(call.instance, *call.record.pipeline, call.payload); !status) return status;
    append_pipeline(out, call.instance, *call.record.pipeline, {});
    return Done{};
}

}  // namespace runsim::api
