#pragma once

#include <span>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Makes sure that the run has a process, as each of its steps does. If there is none, block runs in `rows` that an
// earlier process left queued or running become initial.
void ensure_process(Instance& instance, RunId run, std::span<const BlockRow> rows);

// --- the worker's side ---
// Starts a job of kind pipeline_run.
void start_process(Instance& instance, JobQueue::Slot slot);
// Handles the event of a streaming run's process: one of its blocks raises.
void stream_raised(Instance& instance, JobQueue::Slot slot);
// The process's current block run has ended, with or without success: run the next one, or end the process.
void block_of_process_ended(Instance& instance, JobQueue::Slot slot, bool well);
// The job of a run is gone: drop its process.
void end_process(Instance& instance, RunId run);

}  // namespace runsim
