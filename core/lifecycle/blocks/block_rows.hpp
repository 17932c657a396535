#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Reads the block runs of a run, in row order.
void read_block_rows(const Instance& instance, const PipelineFacts& pipeline, RunId run, StepRows& out);

}  // namespace runsim
