#include <iterator>
#include <map>
#include <string>

#include "api/calls/paging.hpp"
#include "api/ui/handlers.hpp"
#include "json/write.hpp"

// Tags: those of schedules, which are rows, and those of pipelines, which stand in files and have no id.
namespace runsim::api {

Status list_tags(Call& call, std::string& out) {
    std::map<std::string_view, std::uint32_t> ids;  // 0: of pipelines only
    for (const Pipeline& pipeline : call.project().pipelines) {
        if (!pipeline.tags) continue;
        for (const std::string& tag : *pipeline.tags) ids.emplace(tag, 0);
    }
    std::uint32_t id = 0;
    for (const std::string& tag : call.instance.tags) ids[tag] = ++id;

    const auto page = read_page(call.query);
    if (!page) return page.error();
    const Slice slice = memory_rows(*page, static_cast<std::int64_t>(ids.size()));
    const Trimmed trimmed = trim_rows(slice.size(), page->limit);
    json::Writer w(out);
    w.begin_array();
    auto tag = std::next(ids.begin(), static_cast<std::ptrdiff_t>(slice.begin));
    for (std::int64_t i = 0; i < trimmed.size; ++i, ++tag) {
        w.begin_object();
        w.key("description");
        w.null();
        w.key("id");
        if (tag->second > 0)
            w.integer(tag->second);
        else
            w.null();
        w.key("name");
        w.string(tag->first);
        w.key("uuid");
        w.string(tag->first);
        w.end_object();
    }
    w.end_array();
    call.metadata = page_metadata(static_cast<std::int64_t>(ids.size()), trimmed.next);
    return Done{};
}

}  // namespace runsim::api
