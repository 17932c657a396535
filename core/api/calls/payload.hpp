#pragma once

#include <string_view>

#include "api/calls/call.hpp"
#include "json/value.hpp"

namespace runsim::api {

// Moves the object under the singular key from the body into call.payload, and parses its date keys into call.dates
// (http-api.md 2.4). An empty body, or one without the key, gives an empty payload.
Outcome unwrap_payload(Call& call, const json::Value& body, std::string_view singular);

}  // namespace runsim::api
