#pragma once

#include "api/http/query.hpp"
#include "base/time.hpp"

namespace runsim::api {

// Returns start_timestamp or end_timestamp of a query, in unix seconds (http-api.md 6.2), or none if it is absent,
// empty or false.
ResultOf<MaybeInstant> read_timestamp(const Query& query, std::string_view name);

}  // namespace runsim::api
