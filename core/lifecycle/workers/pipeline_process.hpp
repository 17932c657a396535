#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the step of such a run does: makes sure that a process lives. Block runs that an earlier one left behind begin
// anew.
void ensure_process(Instance& instance, const PipelineFacts& pipeline, RunId run);

// --- the worker's side ---
// Takes a job of kind pipeline_run.
void begin_process(Instance& instance, JobQueue::Slot slot);
// The event of a streaming run's process: one of its blocks raises.
void stream_raised(Instance& instance, JobQueue::Slot slot);
// The block run that the process was at has ended, well or not: the next one, or the end of the process.
void block_of_process_ended(Instance& instance, JobQueue::Slot slot, bool well);
// The job of a run is gone, and its process with it.
void end_process(Instance& instance, RunId run);

}  // namespace runsim
