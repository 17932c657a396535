#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/ui/handlers.hpp"
#include "json/write.hpp"

// Tags: those of schedules, which are rows, and those of pipelines, which are in files and have no id.
namespace runsim::api {

Outcome list_tags(Call& call, std::string& out) {
    std::map<std::string_view, std::uint32_t> ids;  // 0: only pipelines use it
    for (const Pipeline& pipeline : call.project().pipelines) {
        if (!pipeline.tags) continue;
        for (const std::string& tag : *pipeline.tags) ids.emplace(tag, 0);
    }
    std::uint32_t id = 0;
    for (const std::string& tag : call.instance.tags) ids[tag] = ++id;

    const auto page = read_page(call.query);
    if (!page) return page.error();
    const auto count = static_cast<std::int64_t>(ids.size());
    const std::vector<std::pair<std::string_view, std::uint32_t>> tags(ids.begin(), ids.end());
    return write_page(call, out, trim_rows(memory_rows(*page, count), page->limit, count), [&](std::size_t i) {
        const auto& [name, tag_id] = tags[i];
        json::Writer w(out);
        w.begin_object();
        w.member("description", nullptr);
        w.key("id");
        if (tag_id > 0)
            w.integer(tag_id);
        else
            w.null();
        w.member("name", name);
        w.member("uuid", name);
        w.end_object();
    });
}

}  // namespace runsim::api
