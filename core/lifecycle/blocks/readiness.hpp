#pragma once

#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

// Marks in rows.done_blocks the blocks that have block runs and whose block runs are all completed.
void find_done_blocks(const PipelineFacts& pipeline, StepRows& rows);

// Returns whether a block run may be queued because everything above it is done.
bool is_ready(const PipelineFacts& pipeline, const StepRows& rows, const BlockRow& row);

}  // namespace runsim
