#pragma once

#include <vector>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/schedules/due_run.hpp"

namespace runsim {

// Inserts the run that is due, and appends it to `initial`; or one that is cancelled at once, where a previous run
// skips it (lifecycle.md 3.6).
void create_due_run(Instance& instance, const Schedule& schedule, const DueRun& due, bool skipped,
                    std::vector<RunId>& initial);

}  // namespace runsim
