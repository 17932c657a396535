#include "api/frame/route.hpp"

#include <algorithm>
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
    const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                   [&](const RouteRow& r) { return matches_form(r.form, path, route.parts); });
    if (row != std::end(kRows))
        route.row = *row;
    else
        route.parts = {};  // drop the parts of a partial match
    return route;
}

}  // namespace runsim::api
