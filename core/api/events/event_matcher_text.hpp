#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// An event matcher's columns in their raw order (http-api.md 5.2), as a JSON object.
void append_event_matcher(std::string& out, const Instance& instance, const EventMatcher& matcher);
// The matchers that are linked to a schedule, by id, as a JSON array.
void append_event_matchers_of(std::string& out, const Instance& instance, const Schedule& schedule);

}  // namespace runsim::api
