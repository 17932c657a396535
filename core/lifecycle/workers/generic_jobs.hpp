#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 1.7, "GenericJob processing": the end of a tick enqueues the oldest ten `initial` jobs.
void process_generic_jobs(Instance& instance);

// Executes one in a worker: runs the `cancelled` callbacks of a cancelled run, or fails.
void run_generic_job(Instance& instance, GenericJobId id);

}  // namespace runsim
