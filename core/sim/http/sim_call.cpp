
#include "api/http/envelope.hpp"
#include "base/contains.hpp"
#include "base/date/date_text.hpp"
#include "base/text/text.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

Result<std::optional<std::int64_t>> number_of(const api::Query& query, std::string_view name, std::int64_t least,
                                              std::int64_t most) {
    const auto& values = query.all(name);
    if (values.empty()) return std::optional<std::int64_t>();
    const std::string prefix = std::string(name) + ": ";
    if (values.size() > 1) return Error{prefix + "it is given " + std::to_string(values.size()) + " times"};
    const auto number = parse_python_int(values.front());
    if (!number || number->saturated || number->value < least || number->value > most)
        return Error{prefix + python_repr(values.front()) + " is not a whole number from " + std::to_string(least) +
                     " to " + std::to_string(most)};
    return std::optional(number->value);
}

Outcome check_known(const api::Query& query, std::initializer_list<std::string_view> known) {
    for (const api::Parameter& parameter : query.parameters) {
        // Clients of the API send their key with every request.
        if (parameter.name == "api_key" || contains(known, parameter.name)) continue;
        std::string names;
        for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
        return Error{parameter.name + ": unknown parameter (known: " + names + ")"};
    }
    return Done{};
}

std::uint32_t row_id(std::string_view text) {
    if (text.size() > 10) return 0;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return 0;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value > 0xffffffff ? 0 : static_cast<std::uint32_t>(value);
}

api::Response sim_error(int status, std::string message) {
    api::Response response;
    const std::string_view type = status == 404 ? "record_not_found" : "record_invalid";
    api::write_api_error(response, {status, type, std::move(message), ""}, true);
    return response;
}

api::Response no_such_row(std::string_view what, std::string_view id) {
    return sim_error(404, "There is no " + std::string(what) + " " + python_repr(id) + ".");
}

std::string instant_text(Instant at) {
    const Instant second = at.floor_second();
    std::string text = date_text(second, DateStyle::iso);
    const std::string digits = std::to_string((at - second).us);
    return text + "." + std::string(6 - digits.size(), '0') + digits + "+00:00";
}

}  // namespace runsim
