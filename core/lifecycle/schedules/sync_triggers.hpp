#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The first step of a tick (lifecycle.md 11.4): copies the triggers.yaml files written since the last tick into the
// schedules. The files win, even over changes made only to a schedule.
void sync_triggers(Instance& instance);

}  // namespace runsim
