#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 3.2 step 6 and 3.3 - 3.6: creates due runs, starts `initial` runs within the limits of their trigger and
// pipeline, and cancels the rest if the pipeline's policy is `skip`.
// Returns false if the tick ends at a pipeline that it cannot schedule.
bool start_waiting_runs(Instance& instance);

}  // namespace runsim
