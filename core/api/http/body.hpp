#pragma once

#include <string_view>
#include <vector>

#include "api/http/http_message.hpp"
#include "api/http/query.hpp"
#include "json/value.hpp"

namespace runsim::api {

// The body of a request to the generic API (http-api.md 2.4), read in two steps because the safety check comes in
// between.

// The fields of a form or multipart body; empty for every other content type.
std::vector<Parameter> body_arguments(const Request& request);

// The payload. A form with at least one field is the payload (its values are lists). Any other body is JSON. An empty
// body is {}.
ResultOf<json::Value> parse_payload(const Request& request, const std::vector<Parameter>& arguments);

// json.loads() of a body in bytes, as the hand-written handlers read it. Ignores the content type and skips a
// byte-order mark.
ResultOf<json::Value> parse_raw_json(std::string_view body);
// The same, but an empty body is {}.
ResultOf<json::Value> parse_optional_json(std::string_view body);

}  // namespace runsim::api
