#pragma once

#include "api/calls/call.hpp"

namespace runsim::api {

// What a client's payload for a schedule must pass before any database sees it: setattr() for every key in its order
// (http-api.md 7.2, 7.3). CREATE refuses keys that are no attributes, and names the name's error in the API's own
// words; UPDATE ignores the former and raises the latter.
Outcome check_schedule_payload(const json::Object& payload, Action action);

// Stores the payload's columns in `row`, as the database takes them. `start_time` is that date where a parser has read
// it, else null.
Outcome set_schedule_columns(Instance& instance, const json::Object& payload, const WrittenDate* start_time,
                             Schedule& row);

}  // namespace runsim::api
