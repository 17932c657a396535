#pragma once

#include <span>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Makes sure that the run has a process, as each of its steps does. If there is none, block runs in `rows` that an
// earlier process left queued or running become initial.
void ensure_process(Instance& instance, RunId run, std::span<const BlockRow> rows);

// --- the worker's side ---
// Takes a job of kind pipeline_run.
void start_process(Instance& instance, JobQueue::Slot slot);
// The event of a streaming run's process: one of its blocks raises.
void stream_raised(Instance& instance, JobQueue::Slot slot);
// The block run that the process was at has ended, well or not: the next one, or the end of the process.
void block_of_process_ended(Instance& instance, JobQueue::Slot slot, bool well);
// The job of a run is gone, and its process with it.
void end_process(Instance& instance, RunId run);

}  // namespace runsim
