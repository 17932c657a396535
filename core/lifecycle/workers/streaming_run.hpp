#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The process of a streaming run (lifecycle.md 10.3): it goes on for ever, unless the model of one of its blocks fails
// in that attempt, or the pipeline is none that can be streamed. Then it is the end of the process, which the next tick
// begins anew; with retry_config in the pipeline's file it tries again by itself, and at last the run is failed.

// The process's job has its worker.
void start_stream(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline);

}  // namespace runsim
