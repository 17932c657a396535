#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The first thing in a tick (lifecycle.md 11.4): brings the triggers.yaml files that were written since the last one
// into the schedules. What the files say wins, also where a schedule was changed without them.
void sync_triggers(Instance& instance);

}  // namespace runsim
