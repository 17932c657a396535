#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The process of a streaming run (lifecycle.md 10.3). It runs for ever unless the model of one of its blocks fails in
// that attempt, or the pipeline cannot be streamed. Then the process ends and the next tick starts another. With
// retry_config in the pipeline's file it first retries by itself, and finally the run fails.

// Called when the process's job has a worker.
void start_stream(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline);

}  // namespace runsim
