#pragma once

#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

// lifecycle.md 2.4 of a batch pipeline's run: marks what cannot run any more (lifecycle.md 2.3), brings back what lost
// its job (lifecycle.md 2.5), and queues what is ready, within the run's block_run_limit. Works on derived.rows, which
// `counts` belong to.
void schedule_blocks(Instance& instance, const PipelineFacts& pipeline, RunId run, const StatusCounts& counts);

}  // namespace runsim
