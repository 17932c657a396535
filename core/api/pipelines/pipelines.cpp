#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/calls/records.hpp"
#include "api/pipelines/handlers.hpp"
#include "api/pipelines/pipeline_actions.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_file.hpp"
#include "api/pipelines/pipeline_order.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/edit_project_files.hpp"

// LIST, DETAIL and UPDATE of pipelines (http-api.md 5.9, 7.5, 8.3). They are files, of which UPDATE writes name,
// description, type and tags.
namespace runsim::api {

namespace {

// The filter of a list of pipelines.
struct PipelineFilter {
    std::vector<std::string_view> types;
    std::vector<std::string_view> tags;
    std::vector<std::string_view> statuses;  // active, inactive, no_schedules; count only where schedules are asked for
    std::string search;

    static ResultOf<PipelineFilter> read(const Query& query) {
        PipelineFilter filter;
        for (const auto& [name, list] : {std::pair{"type[]", &filter.types}, std::pair{"tag[]", &filter.tags},
                                         std::pair{"status[]", &filter.statuses}}) {
            auto given = query.comma_list(name);
            if (!given) return given.error();
            *list = std::move(*given);
        }
        if (!query.truthy("include_schedules")) filter.statuses.clear();
        if (const std::string* search = query.first("search")) filter.search = to_lower(*search);
        return filter;
    }

    bool matches(const Pipeline& pipeline, const std::vector<ScheduleCount>& counts) const {
        if (!types.empty() && !contains(types, pipeline.type)) return false;
        if (!search.empty() && to_lower(pipeline.uuid).find(search) == std::string::npos) return false;
        if (!statuses.empty() && !contains(statuses, count_of(counts, pipeline).status())) return false;
        if (tags.empty()) return true;
        return pipeline.tags && std::any_of(tags.begin(), tags.end(),
                                            [&](std::string_view tag) { return contains(*pipeline.tags, tag); });
    }
};

bool is_left_out(const Call& call, std::string_view parameter) {
    return call.query.first(parameter) && !call.query.truthy(parameter);
}

// A changed pipeline as the real server has it in memory: keys are sorted only in the file.
Pipeline as_changed(const Pipeline& before, const Pipeline& after) {
    Pipeline shown = after;
    const json::Value old = before.metadata.value();
    const json::Value written = after.metadata.value();
    if (!old.object() || !written.object()) return shown;
    json::Object metadata = *old.object();
    for (const std::string_view key : {"created_at", "description", "name", "tags", "type", "uuid"})
        if (const json::Value* value = written.find(key)) metadata.set(key, *value);
    shown.metadata = json::Text::of(std::move(metadata));
    return shown;
}

std::string metadata_of(const ShownRows& shown, bool limited, const Page& page) {
    std::string text = "{\"count\": ";
    json::append(text, shown.count);
    text += ", \"results\": ";
    json::append(text, shown.rows.size());
    text += ", \"next\": ";
    text += !limited ? "null" : page.limit == 0 ? "0" : shown.next ? "true" : "false";
    text += '}';
    return text;
}

}  // namespace

Outcome list_pipelines(Call& call, std::string& out) {
    const auto filter = PipelineFilter::read(call.query);
    if (!filter) return filter.error();
    std::vector<const Pipeline*> found;
    const std::vector<ScheduleCount> counts =
        filter->statuses.empty() ? std::vector<ScheduleCount>() : count_schedules(call.instance);
    for (const Pipeline* pipeline : call.project().listed_pipelines())
        if (filter->matches(*pipeline, counts)) found.push_back(pipeline);
    const auto is_in_cache = [](const Pipeline* pipeline) { return is_cached(*pipeline); };
    const PipelineOrder order = PipelineOrder::read(call.query);
    const bool is_paged_first = order.empty() && filter->types.empty() && filter->statuses.empty();
    if (!filter->types.empty()) std::erase_if(found, std::not_fn(is_in_cache));  // types are only looked up there
    if (!is_paged_first) std::stable_partition(found.begin(), found.end(), is_in_cache);
    if (!order.empty()) order.sort(call.instance, found);

    const auto page = read_page(call.query);
    if (!page) return page.error();
    const bool limited = call.query.first("_limit") != nullptr;
    const auto count = static_cast<std::int64_t>(found.size());
    // Without a limit, or with limit 0, all are shown.
    const bool all = !limited || page->limit == 0;
    const ShownRows shown = all ? all_rows(count) : trim_rows(memory_rows(*page, count), page->limit, count);
    // Pipelines missing in the cache are read last: those of a page, or of everything that filters and an order leave.
    if (is_paged_first) {
        const auto fetched = shown.rows.end + (shown.next ? 1 : 0);
        const auto first = found.begin() + static_cast<std::ptrdiff_t>(shown.rows.begin);
        std::stable_partition(first, found.begin() + static_cast<std::ptrdiff_t>(fetched), is_in_cache);
    }

    const bool schedules = call.query.truthy("include_schedules");
    const auto done = write_page(call, out, shown, [&](std::size_t i) {
        append_pipeline(out, call.instance, *found[i], {.schedules = schedules, .cached = is_cached(*found[i])});
    });
    call.metadata = metadata_of(shown, limited, *page);
    return done;
}

Outcome detail_pipeline(Call& call, std::string& out) {
    const Pipeline& pipeline = *call.record.pipeline;
    if (!pipeline.detail_error.empty()) return plain_exception(pipeline.detail_error);
    const auto left_out = [&call](std::string_view name) { return is_left_out(call, name); };
    append_pipeline(out, call.instance, pipeline,
                    {.detail = true,
                     .extensions = !left_out("includes_extensions"),
                     .schedules = call.query.truthy("include_schedules"),
                     .content = !left_out("includes_content"),
                     .outputs = !left_out("includes_outputs")});
    return Done{};
}

Outcome update_pipeline(Call& call, std::string& out) {
    const auto project = call.instance.project;  // which the change replaces
    const Pipeline& before = *call.record.pipeline;
    if (!before.detail_error.empty()) return plain_exception(before.detail_error);
    auto changed = changed_file(call, before);
    if (!changed) return changed.error();
    std::string uuid = before.uuid;
    if (*changed) {
        uuid = (*changed)->uuid;
        call.instance.moment();
        change_pipeline(call.instance, before, std::move(**changed));
    }
    const Pipeline& pipeline = *call.project().find_pipeline(uuid);
    if (auto done = act_on_pipeline(call.instance, pipeline, call.payload); !done) return done;
    const PipelineParts parts{.extensions = !is_left_out(call, "includes_extensions")};
    append_pipeline(out, call.instance, *changed ? as_changed(before, pipeline) : pipeline, parts);
    return Done{};
}

}  // namespace runsim::api
