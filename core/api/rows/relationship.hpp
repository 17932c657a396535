#pragma once

#include "api/errors/failure.hpp"
#include "json/value.hpp"

namespace runsim::api {

// Checks a payload's value for a relationship of many rows. No JSON value is a row, so only an empty list is accepted.
// Otherwise fails with the real server's exception.
Outcome check_rows(const json::Value& value);

}  // namespace runsim::api
