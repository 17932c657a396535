#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// One pass of the scheduler loop (lifecycle.md 3.2): schedule_all, then check_sla. The scheduler must have
// been started.
void tick(Instance& instance);

}  // namespace runsim
