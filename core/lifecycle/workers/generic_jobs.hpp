#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 1.7, "GenericJob processing": at the end of a tick the oldest ten that are `initial` go to the queue.
void process_generic_jobs(Instance& instance);

// What a worker does with one: it runs the callbacks for `cancelled` of a run that is cancelled, or fails.
void run_generic_job(Instance& instance, GenericJobId id);

}  // namespace runsim
