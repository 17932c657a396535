#include "sim/http/sim_routes.hpp"

#include <algorithm>
#include <iterator>

#include "api/http/path_form.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

constexpr std::string_view kPrefix = "/__sim/";

struct SimRoute {
    std::string_view form;  // of the path after /__sim/ (api/http/path_form.hpp)
    SimHandler get;         // HEAD too
    SimHandler put = nullptr;
};
constexpr SimRoute kRoutes[] = {
    {"project", show_project},           {"transitions", list_transitions},
    {"pipeline_runs/{id}", show_run},    {"pipeline_runs/{id}/blocks/{uuid}", show_behaviour, change_behaviour},
    {"block_runs/{id}", show_block_run},
};

std::string no_such_path(std::string_view path) {
    std::string text = std::string(path) + ": there is no such path (there are ";
    for (const SimRoute& route : kRoutes) text += std::string(kPrefix) + std::string(route.form) + ", ";
    text.resize(text.size() - 2);
    return text +
           " and, where something drives the clock, /__sim/clock, /__sim/events, /__sim/snapshot, "
           "/__sim/journal, /__sim/compare and /__sim/at/{instant}/...)";
}

}  // namespace

bool is_sim_request(const api::Request& request) {
    const std::string_view path = api::split_target(request.target).path;
    return path == "/__sim" || path.starts_with(kPrefix);
}

api::Response answer_sim_request(const SimWorld& world, const api::Request& request) {
    if (request.method == "OPTIONS") return {.status = 204, .content_type = api::ContentType::none, .body = {}};
    const auto target = api::split_target(request.target);
    const std::string_view path = target.path;  // lambdas cannot use a structured binding
    api::PathParts parts;
    const auto* route = std::find_if(std::begin(kRoutes), std::end(kRoutes), [&](const SimRoute& r) {
        return path.starts_with(kPrefix) && api::matches_form(r.form, path.substr(kPrefix.size()), parts);
    });
    if (route == std::end(kRoutes)) return sim_error(404, no_such_path(path));

    SimCall call{.request = request, .query = {}, .id = {}, .uuid = {}};
    if (!target.query.empty()) api::parse_form(target.query, call.query.parameters);
    for (const auto& [name, text] : parts) (name == "id" ? call.id : call.uuid) = text;
    if (request.method == "GET" || request.method == "HEAD") return route->get(world, call);
    if (request.method == "PUT" && route->put) return route->put(world, call);
    return sim_error(405, std::string(request.method) + " " + std::string(path) + ": only GET " +
                              (route->put ? "and PUT are possible" : "is possible"));
}

}  // namespace runsim
