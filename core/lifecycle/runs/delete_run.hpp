#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Removes the run and its block runs. Does not kill jobs.
void delete_run(Instance& instance, RunId run);

}  // namespace runsim
