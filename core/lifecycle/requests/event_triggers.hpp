#pragma once

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Event triggers (lifecycle.md 7).

// Returns whether an event matches a pattern: it must match at every key. A list matches any of its values, an object
// is compared recursively, and any other value in a pattern matches nothing.
bool event_matches(const json::Value& pattern, const json::Value& event);

// Creates a run, with block runs, for every active schedule of every matching event matcher: lifecycle.md C5.
void schedule_with_event(Instance& instance, const json::Value& event);

}  // namespace runsim
