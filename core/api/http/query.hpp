#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"

namespace runsim::api {

// One name of a query string or form, with its values in the order received.
struct Parameter {
    std::string name;
    std::vector<std::string> values;  // never empty
};

// The parameters of a query string (http-api.md 2.1): those whose name begins with `_` are meta, all others query.
class Query {
public:
    // Returns the first value of a name, or nullptr if it is absent. An empty value is a value.
    const std::string* first(std::string_view name) const;
    // Returns all values of a name; empty if it is absent.
    const std::vector<std::string>& all(std::string_view name) const;

    // Python's `if value:` for the first value: exactly `false`, an empty and an absent value are false.
    bool truthy(std::string_view name) const;

    // Splits the first value at commas. Returns nullopt if it is absent or empty (http-api.md 2.1). A boolean cannot be
    // split.
    ResultOf<std::vector<std::string_view>> comma_list(std::string_view name) const;

    // int() of a meta parameter, or `fallback` if it is absent; `saturated` beyond 64 bits (http-api.md 2.2).
    struct Number {
        std::int64_t value = 0;
        bool saturated = false;
    };
    ResultOf<Number> meta_number(std::string_view name, std::int64_t fallback) const;

    std::vector<Parameter> parameters;
};

// Exactly `true` and `false` are booleans; all others are texts.
inline bool is_boolean(std::string_view value) { return value == "true" || value == "false"; }
inline bool is_truthy(std::string_view value) { return !value.empty() && value != "false"; }

// Reads application/x-www-form-urlencoded text and adds its parameters to `out`: `+` is a space, blank values are kept.
void parse_form(std::string_view text, std::vector<Parameter>& out);
void add_parameter(std::vector<Parameter>& out, std::string name, std::string value);

}  // namespace runsim::api
