#pragma once

#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

// Schedules the blocks of a batch pipeline's run (lifecycle.md 2.4): marks those that cannot run any more
// (lifecycle.md 2.3), resets those that lost their job (lifecycle.md 2.5), and queues ready ones within the run's
// block_run_limit.
void queue_blocks(Instance& instance, const PipelineFacts& pipeline, RunId run, StepRows& rows);

}  // namespace runsim
