#include "api/http/body.hpp"

#include "api/http/multipart.hpp"
#include "base/text/text.hpp"
#include "json/parse.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/form-data";

ResultOf<json::Value> parse_json(std::string_view text) {
    auto value = json::parse(text);
    if (value) return std::move(value).value();
    const bool too_deep = value.error().kind == ErrorKind::too_deep;
    return Failure(Exception{too_deep ? "RecursionError" : "json.decoder.JSONDecodeError", value.error().message});
}

ResultOf<json::Value> decode_json(std::string_view bytes) {
    if (auto error = python_utf8_error(bytes)) return Failure(Exception{"UnicodeDecodeError", std::move(*error)});
    return parse_json(bytes);
}

json::Value form_payload(const std::vector<Parameter>& arguments) {
    json::Object payload;
    for (const Parameter& argument : arguments) {
        json::Array values;
        for (const std::string& value : argument.values) values.emplace_back(value);
        payload.set(argument.name, std::move(values));
    }
    return payload;
}

}  // namespace

std::vector<Parameter> body_arguments(const Request& request) {
    std::vector<Parameter> arguments;
    const std::string_view type = request.header("Content-Type");
    if (type.starts_with(kForm)) {
        parse_form(request.body, arguments);
    } else if (type.starts_with(kMultipart)) {
        parse_multipart(type, request.body, arguments);
    }
    return arguments;
}

ResultOf<json::Value> parse_payload(const Request& request, const std::vector<Parameter>& arguments) {
    const bool multipart = request.header("Content-Type").find(kMultipart) != std::string_view::npos;
    // The real server parses the body once for the action's options, whatever its type, and a second time for
    // multipart.
    if (multipart && !arguments.empty()) {
        static constexpr std::string_view kPart = R"(Content-Disposition: form-data; name="json_root_body")";
        const auto root = multipart_line_after(request.body, kPart, 2);
        if (!root) return value_error(python_repr(kPart) + " is not in list");
        return parse_json(*root);
    }
    if (!arguments.empty()) return form_payload(arguments);
    if (request.body.empty()) return json::Value(json::Object());
    return decode_json(request.body);
}

ResultOf<json::Value> parse_raw_json(std::string_view body) {
    if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
    return decode_json(body);
}

ResultOf<json::Value> parse_optional_json(std::string_view body) {
    if (body.empty()) return json::Value(json::Object());
    return parse_raw_json(body);
}

}  // namespace runsim::api
