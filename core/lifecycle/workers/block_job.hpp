#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What a worker does with its job, from start to end: run_block of lifecycle.md 2.1, 2.7 - 2.10, 2.12.

// Starts a waiting job. It ends immediately if its run or block run must not run any more, else it plans an event.
void start_job(Instance& instance, JobQueue::Slot slot);
// Handles the event of a running job: an attempt or a poll ends, or the process dies.
void continue_job(Instance& instance, JobQueue::Slot slot);

// Begins a block run in the process of a job that has a worker (lifecycle.md B2). Returns false if it has ended already
// or must not run.
bool start_block(Instance& instance, JobQueue::Slot slot, BlockRunId id);

}  // namespace runsim
