#pragma once

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Event triggers (lifecycle.md 7).

// Whether an event has what a pattern asks for: every key; of a list, one of its values; of an object, the same again.
// Any other value in a pattern matches nothing.
bool event_matches(const json::Value& pattern, const json::Value& event);

// Makes a run, with block runs, for every active schedule of every event matcher that matches: lifecycle.md C5.
void schedule_with_event(Instance& instance, const json::Value& event);

}  // namespace runsim
