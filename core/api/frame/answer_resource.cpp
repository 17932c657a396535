#include "api/frame/answer_resource.hpp"

#include <algorithm>

#include "api/calls/call.hpp"
#include "api/calls/payload.hpp"
#include "api/calls/resource.hpp"
#include "api/frame/policy.hpp"
#include "api/frame/resource_name.hpp"
#include "api/frame/unsimulated_resources.hpp"
#include "api/http/body.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

Failure no_module(std::string_view package, std::string_view class_name, std::string_view suffix) {
    std::string text = "No module named 'mage_ai.api.";
    text += package;
    text += '.';
    text += class_name;
    text += suffix;
    text += '\'';
    return Exception{"ModuleNotFoundError", std::move(text)};
}

// Returns the resource of a name in the path. Fails if the real server has none either, or if it is not simulated.
ResultOf<const Resource*> resource_of(std::string_view name, bool policy_first) {
    if (const Resource* resource = find_resource_by_plural(name)) return resource;
    const std::string class_name = class_name_of(singularize(name));
    if (const Resource* resource = find_resource(class_name)) return resource;
    if (is_unsimulated(class_name)) {
        return Failure(Exception{"NotImplementedError", "runsim does not simulate " + class_name + "Resource."});
    }
    return policy_first ? no_module("policies", class_name, "Policy") : no_module("resources", class_name, "Resource");
}

// Returns the action of a method that the route allows.
Action action_of(std::string_view method, RouteKind kind) {
    switch (method_bit(method)) {
        case kPost: return Action::create;
        case kPut: return Action::update;
        case kDelete: return Action::remove;
        default: return kind == RouteKind::detail ? Action::detail : Action::list;
    }
}

// The names in the path: the operated resource, and its parent if the route is nested.
struct Names {
    std::string_view name;
    std::string_view pk;
    std::string_view parent;
    std::string_view parent_pk;
};
Names names_of(const RoutedRequest& request, RouteKind kind) {
    if (kind == RouteKind::statuses) return {"statuses", {}, {}, {}};
    const std::string_view resource = request.part("resource");
    const std::string_view pk = request.part("pk");
    const std::string_view child = request.part("child");
    if (child.empty()) return {resource, pk, {}, {}};
    return {child, request.part("child_pk"), resource, pk};
}

Outcome find_parent(Call& call, const Names& names) {
    if (names.parent.empty()) return Done{};
    const auto resource = resource_of(names.parent, false);
    if (!resource) return resource.error();
    if (!(*resource)->find) return Done{};
    auto parent = (*resource)->find(call.instance, names.parent_pk);
    if (!parent) return parent.error();
    call.parent = std::move(*parent);
    if (call.parent) call.parent->resource = *resource;
    return Done{};
}

Outcome find_operated(Call& call) {
    if (call.action == Action::list || call.action == Action::create) return Done{};
    if (call.resource->look_up) return call.resource->look_up(call);
    if (!call.resource->find) return Done{};
    auto record = call.resource->find(call.instance, call.pk);
    if (!record) return record.error();
    if (!*record) return not_found();
    call.record = **record;
    call.record.resource = call.resource;
    return Done{};
}

Outcome perform(Call& call, const Names& names, const json::Value& body, std::string& out) {
    if (auto done = find_parent(call, names); !done) return done;
    const bool policy_first = names.parent.empty() && (call.action == Action::list || call.action == Action::create);
    const auto resource = resource_of(names.name, policy_first);
    if (!resource) return resource.error();
    call.resource = *resource;
    if (auto done = find_operated(call); !done) return done;
    if (call.action == Action::create || call.action == Action::update) {
        if (auto done = unwrap_payload(call, body, singularize(names.name)); !done) return done;
    }
    if (auto done = authorize(call); !done) return done;
    const Handler handler = call.resource->handler(call.action);
    if (!handler) return disabled(name_of(call.action), call.resource->plural);
    if (auto done = handler(call, out); !done) return done;
    // The presenter looks up one format, and fails for a list of formats.
    if (call.query.all("_format").size() > 1) return type_error("unhashable type: 'list'");
    return Done{};
}

}  // namespace

Response answer_resource(const RoutedRequest& request, const Route& route,
                         const std::vector<Parameter>& body_arguments) {
    Response response;
    const RouteKind kind = route.row.kind;
    const Query& query = request.query;
    const auto& parameters = query.parameters;
    const auto fail = [&](const Failure& failure) {
        write_as_exception(response, failure, request.url);
        return response;
    };
    if (std::any_of(parameters.begin(), parameters.end(), [](const Parameter& p) { return p.name.empty(); }))
        return fail(index_error("string index out of range"));
    const std::string* error_codes = query.first("_http_error_codes");
    const bool http_error_codes = error_codes && (!error_codes->empty() || query.all("_http_error_codes").size() > 1);

    const bool asked = request.instance.accounts.required && kind != RouteKind::statuses;
    const auto identity = asked ? identify(request.instance, request.request, query) : ResultOf<Identity>(Identity());
    if (!identity) {
        const auto* error = std::get_if<ApiError>(&identity.error());
        if (!error) return fail(identity.error());
        write_api_error(response, *error, http_error_codes);
        response.status = error->code;  // regardless of the body (http-api.md 4.2)
        return response;
    }
    const auto body = parse_payload(request.request, body_arguments);
    if (!body) return fail(body.error());

    const Names names = names_of(request, kind);
    Call call{request};
    call.action = action_of(request.request.method, kind);
    call.name = names.name;
    call.pk = names.pk;
    call.identity = *identity;
    call.metadata = call.action == Action::list ? "{}" : "null";

    std::string& out = response.body;
    out += '{';
    if (call.action == Action::list)
        json::append_string(out, call.name);
    else
        json::append_string(out, singularize(call.name));
    out += ": ";
    if (const Outcome done = perform(call, names, *body, out); !done) {
        const auto* error = std::get_if<ApiError>(&done.error());
        if (!error) return fail(done.error());
        write_api_error(response, *error, http_error_codes);
        return response;
    }
    out += ", \"metadata\": ";
    out += call.metadata;
    out += '}';
    return response;
}

}  // namespace runsim::api
