#include "sim/http/sim_routes.hpp"

#include "json/write.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

constexpr std::string_view kPrefix = "/__sim";

struct Route {
    std::string_view path;  // one that ends in '/' is followed by an id
    api::Response (*answer)(const ShownWorld&, const SimCall&);
};
constexpr Route kRoutes[] = {
    {"/__sim/project", answer_project},
    {"/__sim/transitions", answer_transitions},
    {"/__sim/pipeline_runs/", answer_run},
    {"/__sim/block_runs/", answer_block_run},
};

std::string_view path_of(const api::Request& request) { return request.target.substr(0, request.target.find('?')); }

const Route* find_route(std::string_view path, SimCall& call) {
    for (const Route& route : kRoutes) {
        if (path == route.path && route.path.back() != '/') return &route;
        if (route.path.back() != '/' || !path.starts_with(route.path)) continue;
        call.id = path.substr(route.path.size());
        if (!call.id.empty() && call.id.find('/') == std::string_view::npos) return &route;
    }
    return nullptr;
}

std::string no_such_path(std::string_view path) {
    std::string text = std::string(path) + ": there is no such path (there are ";
    for (const Route& route : kRoutes) text += std::string(route.path) + (route.path.back() == '/' ? "ID, " : ", ");
    text.resize(text.size() - 2);
    return text + " and, where something drives the clock, /__sim/clock, /__sim/events and /__sim/snapshot)";
}

}  // namespace

bool is_sim_request(const api::Request& request) {
    const std::string_view path = path_of(request);
    return path == kPrefix || path.starts_with("/__sim/");
}

api::Response sim_error(int status, std::string_view message) {
    api::Response response;
    response.status = status;
    json::Writer w(response.body);
    w.begin_object();
    w.key("error");
    w.begin_object();
    w.key("code");
    w.integer(status);
    w.key("message");
    w.string(message);
    w.key("type");
    w.string(status == 404 ? "record_not_found" : "record_invalid");
    w.end_object();
    w.key("status");
    w.integer(status);
    w.end_object();
    return response;
}

api::Response answer_sim_request(const ShownWorld& world, const api::Request& request) {
    const std::string_view path = path_of(request);
    if (request.method == "OPTIONS") {
        api::Response response;
        response.status = 204;
        response.content_type = api::ContentType::none;
        return response;
    }
    SimCall call;
    const Route* route = find_route(path, call);
    if (route == nullptr) return sim_error(404, no_such_path(path));
    if (request.method != "GET" && request.method != "HEAD")
        return sim_error(405, std::string(request.method) + " " + std::string(path) + ": only GET is possible");
    if (path.size() < request.target.size())
        api::parse_form(request.target.substr(path.size() + 1), call.query.parameters);
    return route->answer(world, call);
}

}  // namespace runsim
