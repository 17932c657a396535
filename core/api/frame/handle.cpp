#include "api/frame/handle.hpp"

#include <optional>

#include "api/frame/answer_resource.hpp"
#include "api/frame/resources.hpp"
#include "api/frame/route.hpp"
#include "api/http/body.hpp"
#include "api/http/envelope.hpp"
#include "api/http/query.hpp"
#include "api/http/safety.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// What a route allows besides OPTIONS, and who answers it where it is no generic resource.
struct RouteRule {
    std::string_view methods;  // each with a blank on both sides
    OwnHandler own = nullptr;
};

RouteRule rule_of(RouteKind kind) {
    switch (kind) {
        case RouteKind::statuses:
        case RouteKind::list:
        case RouteKind::child_list: return {" GET POST ", nullptr};
        case RouteKind::detail:
        case RouteKind::child_detail: return {" GET PUT DELETE ", nullptr};
        case RouteKind::trigger: return {" POST ", trigger_pipeline};
        case RouteKind::block_run: return {" POST ", run_block};
        case RouteKind::download: return {" GET ", download_block_output};
        case RouteKind::events: return {" POST ", receive_event};
        case RouteKind::event_matchers: return {" GET POST ", event_matchers};
        case RouteKind::event_matcher: return {" GET PUT DELETE ", event_matcher};
        case RouteKind::none:
        case RouteKind::page: break;
    }
    return {"", nullptr};
}

bool is_allowed(std::string_view methods, std::string_view method) {
    const std::size_t at = methods.find(method);
    return !method.empty() && at != std::string_view::npos && at > 0 && methods[at - 1] == ' ' &&
           methods[at + method.size()] == ' ';
}

Response html_error(int status) {
    Response response{.status = status, .content_type = ContentType::html, .cors = false, .body = {}};
    const std::string_view title = status == 404 ? "404: Not Found" : "405: Method Not Allowed";
    response.body += "<html><title>";
    response.body += title;
    response.body += "</title><body>";
    response.body += title;
    response.body += "</body></html>";
    return response;
}

Response empty_json(int status) {
    return Response{.status = status, .content_type = ContentType::json, .cors = true, .body = {}};
}

// None: a part is no UTF-8.
std::optional<UrlParameters> decode_parts(const Route& route) {
    UrlParameters parameters;
    parameters.reserve(route.parts_count);
    for (std::size_t i = 0; i < route.parts_count; ++i) {
        std::string text = percent_decode(route.parts[i].text, false);
        if (first_invalid_utf8(text)) return std::nullopt;
        parameters.push_back({route.parts[i].name, std::move(text)});
    }
    return parameters;
}

// For a header, which holds printable ASCII: any other byte becomes an underscore.
std::string header_text(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '_');
    return text;
}

Response answer_own(OwnHandler handler, OwnCall call) {
    Response response;
    const Status status = handler(call, response.body);
    if (!status) write_as_exception(response, status.error(), call.url);
    return response;
}

}  // namespace

Response handle(Instance& instance, RunTextCache& cache, const Request& request) {
    const std::size_t question = request.target.find('?');
    const std::string_view path = request.target.substr(0, question);
    const std::string_view query_text =
        question == std::string_view::npos ? std::string_view() : request.target.substr(question + 1);

    const Route route = find_route(path);
    if (route.kind == RouteKind::none) return html_error(404);
    if (route.kind == RouteKind::page) return html_error(request.method == "GET" ? 404 : 405);
    const RouteRule rule = rule_of(route.kind);

    const auto url = decode_parts(route);
    if (!url) return empty_json(400);

    if (rule.own) {
        if (request.method == "OPTIONS")
            return {.status = 204, .content_type = ContentType::none, .cors = true, .body = {}};
        if (!is_allowed(rule.methods, request.method)) return empty_json(405);
        Response response = answer_own(rule.own, OwnCall{instance, cache, request, query_text, *url});
        if (route.kind == RouteKind::download) {
            // Set before anything can fail, which takes the type back but not the name.
            if (response.body.empty()) response.content_type = ContentType::csv;
            response.file_name = header_text(url->back().value) + ".csv";
        }
        return response;
    }

    Query query;
    parse_form(query_text, query.parameters);
    const std::vector<Parameter> in_body = body_arguments(request);
    std::vector<Parameter> arguments;
    if (!in_body.empty()) {
        arguments = query.parameters;
        for (const Parameter& parameter : in_body) {
            for (const std::string& value : parameter.values) add_parameter(arguments, parameter.name, value);
        }
    }
    auto unsafe = unsafe_text(path, in_body.empty() ? query.parameters : arguments);
    if (!unsafe) {
        Response response;
        write_as_exception(response, unsafe.error(), *url);
        return response;
    }
    if (*unsafe) {
        Response response = empty_json(400);
        response.body = std::move(**unsafe);
        return response;
    }
    if (request.method == "OPTIONS")
        return {.status = 204, .content_type = ContentType::none, .cors = true, .body = {}};
    if (!is_allowed(rule.methods, request.method)) return empty_json(405);

    Response response;
    answer_generic(GenericRequest{instance, cache, request, route, query, in_body, *url}, response);
    return response;
}

}  // namespace runsim::api
