#pragma once

#include <vector>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/schedules/due_run.hpp"

namespace runsim {

// Inserts the due run and appends it to `initial`. If a previous run makes it skip, inserts it as cancelled instead
// (lifecycle.md 3.6).
void create_due_run(Instance& instance, const Schedule& schedule, const DueRun& due, bool skipped,
                    std::vector<RunId>& initial);

}  // namespace runsim
