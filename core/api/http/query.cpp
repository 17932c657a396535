#include "api/http/query.hpp"

#include <algorithm>

#include "base/text/text.hpp"
#include "base/text/unicode.hpp"

namespace runsim::api {

namespace {

const Parameter* find(const std::vector<Parameter>& parameters, std::string_view name) {
    for (const Parameter& parameter : parameters)
        if (parameter.name == name) return &parameter;
    return nullptr;
}

// The real server reads names, unlike values, as Latin-1.
std::string latin1_name(std::string_view bytes) {
    std::string name;
    for (const char c : bytes) append_character(name, static_cast<unsigned char>(c));
    return name;
}

}  // namespace

const std::string* Query::first(std::string_view name) const {
    const Parameter* parameter = find(parameters, name);
    return parameter ? &parameter->values.front() : nullptr;
}

const std::vector<std::string>& Query::all(std::string_view name) const {
    static const std::vector<std::string> kNone;
    const Parameter* parameter = find(parameters, name);
    return parameter ? parameter->values : kNone;
}

bool Query::truthy(std::string_view name) const {
    const std::string* value = first(name);
    return value && is_truthy(*value);
}

ResultOf<std::vector<std::string_view>> Query::comma_list(std::string_view name) const {
    const std::string* value = first(name);
    if (!value || !is_truthy(*value)) return std::vector<std::string_view>();
    if (is_boolean(*value)) return no_attribute("bool", "split");
    return split(*value, ',');
}

ResultOf<Query::Number> Query::meta_number(std::string_view name, std::int64_t fallback) const {
    const Parameter* parameter = find(parameters, name);
    if (!parameter) return Number{fallback};
    if (parameter->values.size() > 1) {
        return type_error("int() argument must be a string, a bytes-like object or a real number, not 'list'");
    }
    const std::string& text = parameter->values.front();
    const auto number = parse_python_int(text);
    if (!number) return not_an_int(text);
    return Number{number->value, number->saturated};
}

void add_parameter(std::vector<Parameter>& out, std::string name, std::string value) {
    for (Parameter& parameter : out) {
        if (parameter.name != name) continue;
        parameter.values.push_back(std::move(value));
        return;
    }
    out.push_back({std::move(name), {}});
    out.back().values.push_back(std::move(value));
}

void parse_form(std::string_view text, std::vector<Parameter>& out) {
    out.reserve(out.size() + static_cast<std::size_t>(std::count(text.begin(), text.end(), '&')) + 1);
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        std::string name = percent_decode(pair.substr(0, equals), true);
        const bool ascii =
            std::all_of(name.begin(), name.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
        if (!ascii) name = latin1_name(name);
        std::string value;
        if (equals != std::string_view::npos) value = percent_decode(pair.substr(equals + 1), true);
        add_parameter(out, std::move(name), std::move(value));
    }
}

}  // namespace runsim::api
