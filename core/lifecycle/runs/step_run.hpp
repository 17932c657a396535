#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The per-run step of every tick (lifecycle.md 1.4). The run must exist.
void step_run(Instance& instance, RunId run);
// Returns until when step_run() has nothing to do, unless something is written or a process dies. An instant that has
// passed means that it may have something to do. The run must exist.
Instant step_quiet_until(Instance& instance, RunId run);

}  // namespace runsim
