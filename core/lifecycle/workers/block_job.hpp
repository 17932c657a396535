#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What a worker does with its job, from taking it to its end: run_block of lifecycle.md 2.1, 2.7 - 2.10, 2.12.

// Takes a job that waits. It ends at once where its run or block run is not to run any more, or goes on with an event
// to come.
void start_job(Instance& instance, JobQueue::Slot slot);
// The event of a running job: an attempt or a poll ends, or the process dies.
void continue_job(Instance& instance, JobQueue::Slot slot);

// Begins a block run in the process of a job that has a worker (lifecycle.md B2). False: it has ended already, or was
// not to run.
bool start_block(Instance& instance, JobQueue::Slot slot, BlockRunId id);

}  // namespace runsim
