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

std::string_view url_part(const UrlParameters& url, std::string_view name) {
    for (const UrlParameter& parameter : url)
        if (parameter.name == name) return parameter.value;
    return {};
}

Failure no_module(std::string_view package, std::string_view class_name, std::string_view suffix) {
    std::string text = "No module named 'mage_ai.api.";
    text += package;
    text += '.';
    text += class_name;
    text += suffix;
    text += '\'';
    return Exception{"ModuleNotFoundError", std::move(text)};
}

// The resource of a class, or why there is none: the real server does not know it either, or it is not simulated.
ResultOf<const Resource*> resource_of(std::string_view class_name, bool policy_first) {
    if (const Resource* resource = find_resource(class_name)) return resource;
    if (is_unsimulated(class_name)) {
        return Failure(
            Exception{"NotImplementedError", "runsim does not simulate " + std::string(class_name) + "Resource."});
    }
    return policy_first ? no_module("policies", class_name, "Policy") : no_module("resources", class_name, "Resource");
}

Action action_of(std::string_view method, RouteKind kind) {
    if (method == "POST") return Action::create;
    if (method == "PUT") return Action::update;
    if (method == "DELETE") return Action::remove;
    return kind == RouteKind::detail || kind == RouteKind::child_detail ? Action::detail : Action::list;
}

// The names in the path: the operated resource's, and its parent's where the route is nested.
struct Names {
    std::string_view name;
    std::string_view pk;
    std::string_view parent;
    std::string_view parent_pk;
};
Names names_of(const Route& route, const UrlParameters& url) {
    if (route.kind == RouteKind::statuses) return {"statuses", {}, {}, {}};
    const std::string_view resource = url_part(url, "resource");
    const std::string_view pk = url_part(url, "pk");
    const std::string_view child = url_part(url, "child");
    // Row 10 of the route table names neither: it is a block of a pipeline.
    if (resource.empty()) return {"blocks", url_part(url, "child_pk"), "pipelines", pk};
    if (child.empty()) return {resource, pk, {}, {}};
    return {child, url_part(url, "child_pk"), resource, pk};
}

Status find_parent(Call& call, const Names& names) {
    if (names.parent.empty()) return Done{};
    const auto resource = resource_of(class_name_of(singularize(names.parent)), false);
    if (!resource) return resource.error();
    if (!(*resource)->find) return Done{};
    auto parent = (*resource)->find(call.instance, names.parent_pk);
    if (!parent) return parent.error();
    call.parent = std::move(*parent);
    if (call.parent) call.parent->resource = *resource;
    return Done{};
}

Status find_operated(Call& call) {
    if (call.action == Action::list || call.action == Action::create || !call.resource->find) return Done{};
    auto record = call.resource->find(call.instance, call.pk);
    if (!record) return record.error();
    if (!*record) return not_found();
    call.record = **record;
    call.record.resource = call.resource;
    return Done{};
}

Status perform(Call& call, const Names& names, const json::Value& body, std::string_view singular, std::string& out) {
    if (auto status = find_parent(call, names); !status) return status;
    const bool policy_first = names.parent.empty() && (call.action == Action::list || call.action == Action::create);
    const auto resource = resource_of(class_name_of(singular), policy_first);
    if (!resource) return resource.error();
    call.resource = *resource;
    if (auto status = find_operated(call); !status) return status;
    if (call.action == Action::create || call.action == Action::update) {
        if (auto status = unwrap_payload(call, body, singular); !status) return status;
    }
    if (auto status = authorize(call); !status) return status;
    const Handler handler = call.resource->handler(call.action);
    if (!handler) return disabled(name_of(call.action), call.resource->plural);
    if (auto status = handler(call, out); !status) return status;
    // The presenter looks a format up, which a list of formats cannot be.
    if (call.query.all("_format").size() > 1) return type_error("unhashable type: 'list'");
    return Done{};
}

}  // namespace

void answer_generic(const GenericRequest& generic, Response& response) {
    const Query& query = generic.query;
    const auto& parameters = query.parameters;
    if (std::any_of(parameters.begin(), parameters.end(), [](const Parameter& p) { return p.name.empty(); })) {
        return write_exception(response, Exception{"IndexError", "string index out of range"}, generic.url);
    }
    const std::string* error_codes = query.first("_http_error_codes");
    const bool http_error_codes = error_codes && (!error_codes->empty() || query.all("_http_error_codes").size() > 1);

    const bool asked = generic.instance.accounts.required && generic.route.kind != RouteKind::statuses;
    const auto identity = asked ? identify(generic.instance, generic.request, query) : ResultOf<Identity>(Identity());
    if (!identity) {
        const auto* error = std::get_if<ApiError>(&identity.error());
        if (!error) return write_as_exception(response, identity.error(), generic.url);
        write_api_error(response, *error, http_error_codes);
        response.status = error->code;  // whatever the body says (4.2)
        return;
    }
    const auto body = parse_payload(generic.request, generic.body_arguments);
    if (!body) return write_as_exception(response, body.error(), generic.url);

    const Names names = names_of(generic.route, generic.url);
    const std::string singular = singularize(names.name);
    Call call{.instance = generic.instance,
              .cache = generic.cache,
              .request = generic.request,
              .query = query,
              .action = action_of(generic.request.method, generic.route.kind),
              .resource = nullptr,
              .name = names.name,
              .pk = names.pk,
              .record = {},
              .parent = {},
              .identity = *identity,
              .payload = {},
              .dates = {},
              .metadata = {}};
    call.metadata = call.action == Action::list ? "{}" : "null";

    std::string& out = response.body;
    out += '{';
    json::append_string(out, call.action == Action::list ? call.name : std::string_view(singular));
    out += ": ";
    const Status status = perform(call, names, *body, singular, out);
    if (!status) {
        if (const auto* error = std::get_if<ApiError>(&status.error()))
            return write_api_error(response, *error, http_error_codes);
        return write_as_exception(response, status.error(), generic.url);
    }
    out += ", \"metadata\": ";
    out += call.metadata;
    out += '}';
}

}  // namespace runsim::api
