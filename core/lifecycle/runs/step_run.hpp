#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The per-run step of every tick (lifecycle.md 1.4). The run must exist.
void step_run(Instance& instance, RunId run);

}  // namespace runsim
