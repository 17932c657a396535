#include "api/frame/route.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "api/frame/resources.hpp"
#include "base/contains.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kPages[] = {
    "/",
    "/favicon.ico",
    "/files",
    "/overview",
    "/oauth",
    "/pipelines",
    "/settings",
    "/sign-in",
    "/terminal",
    "/triggers",
    "/manage",
    "/templates",
    "/version-control",
    "/pipeline-runs",
    "/compute",
    "/global-data-products",
    "/global-hooks",
    "/platform/global-hooks",
};
constexpr std::string_view kPageFolders[] = {"/pipelines/", "/settings/", "/manage/", "/global-data-products/",
                                             "/global-hooks/"};

bool is_page(std::string_view path) {
    if (contains(kPages, path)) return true;
    return std::any_of(std::begin(kPageFolders), std::end(kPageFolders), [path](std::string_view folder) {
        return path.size() > folder.size() && path.starts_with(folder);
    });
}

constexpr std::uint8_t kOfList = kGet | kPost;
constexpr std::uint8_t kOfDetail = kGet | kPut | kDelete;

constexpr RouteRow kRows[] = {
    {"status", RouteKind::statuses, kOfList},
    {"statuses", RouteKind::statuses, kOfList},
    {"events", RouteKind::handwritten, kPost, receive_event},
    {"event_matchers", RouteKind::handwritten, kOfList, event_matchers},
    {"event_matchers/{event_matcher_id:word}", RouteKind::handwritten, kOfDetail, event_matcher},
    {"pipeline_schedules/{pipeline_schedule_id:word}/pipeline_runs/{token:word}", RouteKind::handwritten, kPost,
     trigger_pipeline},
    {"pipeline_schedules/{pipeline_schedule_id:word}/api_trigger", RouteKind::handwritten, kPost, trigger_pipeline},
    {"runs", RouteKind::handwritten, kPost, run_block},
    {"runs/{token:word}", RouteKind::handwritten, kPost, run_block},
    {"pipelines/{pipeline_uuid:word}/block_outputs/{block_uuid:block}/downloads", RouteKind::download, kGet,
     download_block_output},
    {"{resource=pipelines}/{pk:key}/{child=blocks}/{child_pk:rest}", RouteKind::detail, kOfDetail},
    {"{resource:word}/{pk:key}/{child:word}/{child_pk:key}", RouteKind::detail, kOfDetail},
    {"{resource:word}/{pk:key}/{child:word}", RouteKind::list, kOfList},
    {"{resource:word}", RouteKind::list, kOfList},
    {"{resource:word}/{pk:rest}", RouteKind::detail, kOfDetail},
};

// How many slashes a path of a form has: most forms need not be compared with it.
struct Slashes {
    std::ptrdiff_t count = 0;
    bool or_more = false;  // the last part may have some
};
constexpr auto kSlashes = [] {
    std::array<Slashes, std::size(kRows)> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string_view form = kRows[i].form;
        all[i].count = std::count(form.begin(), form.end(), '/');
        all[i].or_more = form.find(":rest}") != form.npos || form.find(":block}") != form.npos;
    }
    return all;
}();

}  // namespace

std::uint8_t method_bit(std::string_view method) {
    if (method == "GET") return kGet;
    if (method == "POST") return kPost;
    if (method == "PUT") return kPut;
    return method == "DELETE" ? kDelete : 0;
}

Route find_route(std::string_view path) {
    Route route;
    static constexpr std::string_view kApi = "/api/";
    if (!path.starts_with(kApi)) {
        if (is_page(path)) route.row.kind = RouteKind::page;
        return route;
    }
    path.remove_prefix(kApi.size());
    const std::ptrdiff_t slashes = std::count(path.begin(), path.end(), '/');
    for (std::size_t i = 0; i < std::size(kRows); ++i) {
        const bool may_match = kSlashes[i].or_more ? slashes >= kSlashes[i].count : slashes == kSlashes[i].count;
        if (!may_match || !matches_form(kRows[i].form, path, route.parts)) continue;
        route.row = kRows[i];
        return route;
    }
    route.parts = {};  // drop the parts of a partial match
    return route;
}

}  // namespace runsim::api
