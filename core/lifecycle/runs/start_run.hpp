#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// initial -> running (lifecycle.md 1.3), and the first step.
void start_run(Instance& instance, RunId run);

}  // namespace runsim
