#pragma once

#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

// Returns whether some block run keeps others from running.
inline bool has_broken_rows(const StatusCounts& counts) {
    return counts[BlockRunStatus::failed] + counts[BlockRunStatus::upstream_failed] +
               counts[BlockRunStatus::condition_failed] >
           0;
}

// lifecycle.md 2.3: block runs below a failed block become upstream_failed, below a false condition condition_failed.
void mark_unreachable(Instance& instance, const PipelineFacts& pipeline, StepRows& rows);

}  // namespace runsim
