#include "api/frame/route.hpp"

#include <algorithm>

namespace runsim::api {

namespace {

// \w of a raw path: what is not ASCII stands percent-encoded in it.
bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<signed char>(c) < 0;
}
bool is_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_word_character);
}
// The class PK of http-api.md 1.1.
bool is_key(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_word_character(c) || c == '-' || c == '%' || c == '.';
    });
}

constexpr std::string_view kPages[] = {
    "/",
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
    if (std::find(std::begin(kPages), std::end(kPages), path) != std::end(kPages)) return true;
    return std::any_of(std::begin(kPageFolders), std::end(kPageFolders), [path](std::string_view folder) {
        return path.size() > folder.size() && path.starts_with(folder);
    });
}

// Up to five pieces between slashes: the fifth holds the rest of a longer path.
struct Pieces {
    std::array<std::string_view, 5> at;
    std::size_t count = 0;
};
Pieces pieces_of(std::string_view text) {
    Pieces pieces;
    for (;;) {
        const std::size_t slash = pieces.count + 1 < pieces.at.size() ? text.find('/') : std::string_view::npos;
        pieces.at[pieces.count++] = text.substr(0, slash);
        if (slash == std::string_view::npos) return pieces;
        text.remove_prefix(slash + 1);
    }
}

Route route_to(RouteKind kind, std::initializer_list<Route::Part> parts = {}) {
    Route route;
    route.kind = kind;
    for (const Route::Part& part : parts) route.parts[route.parts_count++] = part;
    return route;
}

// Row 9b: a block's uuid may hold slashes, dots and brackets.
Route download(std::string_view rest, const Pieces& p) {
    static constexpr std::string_view kEnd = "/downloads";
    if (p.count < 5 || p.at[0] != "pipelines" || !is_word(p.at[1]) || p.at[2] != "block_outputs" ||
        !rest.ends_with(kEnd))
        return {};
    std::string_view block = rest.substr(static_cast<std::size_t>(p.at[3].data() - rest.data()));
    block.remove_suffix(kEnd.size());
    const bool allowed = !block.empty() && std::all_of(block.begin(), block.end(), [](char c) {
        return is_word_character(c) || std::string_view("-%.(/*)?").find(c) != std::string_view::npos;
    });
    if (!allowed) return {};
    return route_to(RouteKind::download, {{"pipeline_uuid", p.at[1]}, {"block_uuid", block}});
}

// The hand-written handlers, rows 1 and 4 to 9.
Route own_handler(const Pieces& p) {
    const std::string_view first = p.at[0];
    if (p.count == 1) {
        if (first == "status" || first == "statuses") return route_to(RouteKind::statuses);
        if (first == "events") return route_to(RouteKind::events);
        if (first == "event_matchers") return route_to(RouteKind::event_matchers);
        if (first == "runs") return route_to(RouteKind::block_run);
    }
    if (p.count == 2 && is_word(p.at[1])) {
        if (first == "event_matchers") return route_to(RouteKind::event_matcher, {{"event_matcher_id", p.at[1]}});
        if (first == "runs") return route_to(RouteKind::block_run, {{"token", p.at[1]}});
    }
    if (first == "pipeline_schedules" && p.count >= 3 && is_word(p.at[1])) {
        const Route::Part id{"pipeline_schedule_id", p.at[1]};
        if (p.count == 3 && p.at[2] == "api_trigger") return route_to(RouteKind::trigger, {id});
        if (p.count == 4 && p.at[2] == "pipeline_runs" && is_word(p.at[3])) {
            return route_to(RouteKind::trigger, {id, {"token", p.at[3]}});
        }
    }
    return {};
}

}  // namespace

std::string_view Route::part(std::string_view name) const {
    for (std::size_t i = 0; i < parts_count; ++i)
        if (parts[i].name == name) return parts[i].text;
    return {};
}

Route find_route(std::string_view path) {
    static constexpr std::string_view kApi = "/api/";
    if (!path.starts_with(kApi)) return is_page(path) ? route_to(RouteKind::page) : Route();
    const std::string_view rest = path.substr(kApi.size());
    const Pieces p = pieces_of(rest);
    if (const Route own = own_handler(p); own.kind != RouteKind::none) return own;
    if (const Route file = download(rest, p); file.kind != RouteKind::none) return file;

    const Route::Part resource{"resource", p.at[0]};
    // Row 10: a block's uuid may hold slashes.
    if (p.count >= 4 && p.at[0] == "pipelines" && is_key(p.at[1]) && p.at[2] == "blocks") {
        const std::string_view block = rest.substr(static_cast<std::size_t>(p.at[3].data() - rest.data()));
        if (!block.empty()) {
            return route_to(RouteKind::child_detail, {{"pk", p.at[1]}, {"child_pk", block}});
        }
    }
    if (!is_word(p.at[0])) return {};
    if (p.count == 4 && is_key(p.at[1]) && is_word(p.at[2]) && is_key(p.at[3])) {
        return route_to(RouteKind::child_detail,
                        {resource, {"pk", p.at[1]}, {"child", p.at[2]}, {"child_pk", p.at[3]}});
    }
    if (p.count == 3 && is_key(p.at[1]) && is_word(p.at[2])) {
        return route_to(RouteKind::child_list, {resource, {"pk", p.at[1]}, {"child", p.at[2]}});
    }
    if (p.count == 1) return route_to(RouteKind::list, {resource});
    const std::string_view pk = rest.substr(p.at[0].size() + 1);
    if (pk.empty()) return {};
    return route_to(RouteKind::detail, {resource, {"pk", pk}});
}

}  // namespace runsim::api
