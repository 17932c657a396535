#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// One pass of the scheduler loop (lifecycle.md 3.2): schedule_all, then check_sla. The scheduler must have
// been started.
void tick(Instance& instance);
// Ticks before this instant do nothing but to take their moment, unless something is written or a process dies. An
// instant that has passed means that the next tick may have something to do.
Instant quiet_until(const Instance& instance);

}  // namespace runsim
