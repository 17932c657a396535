#pragma once

#include "api/errors/failure.hpp"
#include "json/value.hpp"

namespace runsim::api {

// Whether a payload's value can be given to a relationship of many rows, which takes rows: no JSON can be one, so only
// an empty list can. Else the real server's exception.
Outcome check_rows(const json::Value& value);

}  // namespace runsim::api
