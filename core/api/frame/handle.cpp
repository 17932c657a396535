#include "api/frame/handle.hpp"

#include <array>
#include <optional>

#include "api/frame/answer_resource.hpp"
#include "api/frame/front_page.hpp"
#include "api/http/body.hpp"
#include "api/http/envelope.hpp"
#include "api/http/path_traversal.hpp"
#include "api/http/query.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

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

// The named parts of a path, decoded. The path must outlive this.
class DecodedParts {
public:
    // Returns false if a part is not UTF-8.
    bool decode(const PathParts& parts) {
        for (const PathParts::Part& part : parts) {
            const std::string_view text = decoded(part.text);
            if (first_invalid_utf8(text)) return false;
            parameters_[count_++] = {part.name, text};
        }
        return true;
    }
    UrlParameters parameters() const { return {parameters_.data(), count_}; }

private:
    // Most parts are in the path as they are.
    std::string_view decoded(std::string_view text) {
        if (text.find('%') == std::string_view::npos) return text;
        return texts_[count_] = percent_decode(text, false);
    }

    std::array<UrlParameter, PathParts::kMost> parameters_;
    std::array<std::string, PathParts::kMost> texts_;
    std::size_t count_ = 0;
};

// A header may only contain printable ASCII: replaces any other byte by an underscore.
std::string header_text(std::string_view text) {
    std::string header(text);
    std::replace_if(header.begin(), header.end(), [](char c) { return c < ' ' || c > '~'; }, '_');
    return header;
}

// The answer to OPTIONS, and to a method that the route does not support. Returns nullopt for all other methods.
std::optional<Response> answer_method(std::string_view method, const RouteRow& row) {
    if (method == "OPTIONS") return Response{.status = 204, .content_type = ContentType::none, .body = {}};
    if ((row.methods & method_bit(method)) == 0) return empty_json(405);
    return std::nullopt;
}

Response answer_handwritten(const RoutedRequest& request, const RouteRow& row) {
    if (auto answer = answer_method(request.request.method, row)) return *std::move(answer);
    Response response;
    if (row.kind == RouteKind::download) {
        // Set both before anything can fail: a failure resets the type, but not the name.
        response.content_type = ContentType::csv;
        response.file_name = header_text(request.part("block_uuid")) + ".csv";
    }
    if (const Outcome done = row.handler(request, response.body); !done)
        write_as_exception(response, done.error(), request.url);
    return response;
}

// A request to a resource. Its path and parameters are checked before its method (http-api.md 2.5).
Response answer_checked(const RoutedRequest& request, const Route& route, std::string_view path) {
    const Query& query = request.query;
    const std::vector<Parameter> in_body = body_arguments(request.request);
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
        write_as_exception(response, unsafe.error(), request.url);
        return response;
    }
    if (*unsafe) {
        Response response = empty_json(400);
        response.body = std::move(**unsafe);
        return response;
    }
    if (auto answer = answer_method(request.request.method, route.row)) return *std::move(answer);
    return answer_resource(request, route, in_body);
}

}  // namespace

Response handle(Instance& instance, RunTextCache& cache, const Request& request) {
    const auto [path, query_text] = split_target(request.target);
    const Route route = find_route(path);
    if (route.row.kind == RouteKind::none) return html_error(404);
    if (route.row.kind == RouteKind::page) return request.method == "GET" ? front_page(path) : html_error(405);
    DecodedParts parts;
    if (!parts.decode(route.parts)) return empty_json(400);

    Query query;
    if (!query_text.empty()) parse_form(query_text, query.parameters);
    const RoutedRequest routed{instance, cache, request, query, parts.parameters()};
    return route.row.handler ? answer_handwritten(routed, route.row) : answer_checked(routed, route, path);
}

}  // namespace runsim::api
