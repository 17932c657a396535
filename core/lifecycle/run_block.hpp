#pragma once

#include "lifecycle/instance.hpp"

namespace runsim {

// What a worker does with its job, from taking it to its end. Either call ends the job or leaves it with one event to
// come.

// Takes a job that waits: run_block of lifecycle.md 2.1 (B2). A job whose run or block run is not to run any more ends
// at once.
void begin_job(Instance& instance, JobQueue::Slot slot);
// An attempt (or a poll of a sensor) of a running job ends.
void go_on(Instance& instance, JobQueue::Slot slot);

}  // namespace runsim
