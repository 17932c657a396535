#pragma once

#include "api/calls/call.hpp"

namespace runsim::api {

// Checks a client's payload for a schedule before any database sees it: setattr() for every key in order (http-api.md
// 7.2, 7.3). CREATE refuses unknown attributes, and reports a bad name in the API's own words. UPDATE ignores the
// former and raises the latter.
Outcome check_schedule_payload(const json::Object& payload, Action action);

// Stores the payload's columns in `row`, as the database does. `start_time` is that date if a parser has read it, else
// null.
Outcome set_schedule_columns(Instance& instance, const json::Object& payload, const WrittenDate* start_time,
                             Schedule& row);

}  // namespace runsim::api
