#pragma once

#include <string>

#include "store/store.hpp"

namespace runsim::api {

// An event matcher's columns in their raw order (http-api.md 5.2), as a JSON object.
void append_event_matcher(std::string& out, const EventMatcher& matcher, Dialect dialect);
// Those that are linked to a schedule, by id, as a JSON array.
void append_event_matchers_of(std::string& out, const Store& store, const Schedule& schedule);

}  // namespace runsim::api
