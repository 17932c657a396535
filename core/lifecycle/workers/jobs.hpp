#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The worker side (lifecycle.md 2.1 B2-B6, 2.7-2.9, 3.7): what happens to jobs between enqueueing and their end.

// Puts a job in, which starts after options.block_start_delay, or when a worker is free. One that lives already stays
// as it is.
void enqueue_job(Instance& instance, JobSubject subject, RunId run);
// Ends a job at once, if it lives. Its worker takes the next one.
void kill_job(Instance& instance, JobSubject subject);

// Events. Void where the slot's job does not wait for the event of this sequence.
void start_job(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence);
void end_attempt(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence);

}  // namespace runsim
