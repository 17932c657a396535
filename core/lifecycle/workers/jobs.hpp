#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The worker side (lifecycle.md 2.1 B2-B6, 2.7-2.9, 3.7): jobs from enqueueing to their end.

// Enqueues a job, which starts after options.block_start_delay, or when a worker is free. Does nothing if the subject
// has a live job.
void enqueue_job(Instance& instance, JobSubject subject, RunId run);
// Ends a live job immediately. Its worker takes the next one.
void kill_job(Instance& instance, JobSubject subject);

// Handle events. They do nothing if the slot's job does not wait for the event of this sequence.
void start_job(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence);
void end_attempt(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence);

}  // namespace runsim
