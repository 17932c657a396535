#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 3.2 step 6 and 3.3 - 3.6: makes the runs that are due, starts `initial` runs as far as the limits of
// their trigger and their pipeline allow, and cancels the rest where the pipeline says `skip`.
// Returns false if the tick ends at a pipeline that it cannot schedule.
bool start_waiting_runs(Instance& instance);

}  // namespace runsim
