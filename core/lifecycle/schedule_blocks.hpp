#pragma once

#include "lifecycle/block_rows.hpp"

namespace runsim {

// lifecycle.md 2.4 of a batch pipeline's run: marks what cannot run any more (2.3), brings back what lost its job
// (2.5), and queues what is ready, within the run's block_run_limit. Works on derived.rows, which `counts` belong to.
void schedule_blocks(Instance& instance, const PipelineFacts& pipeline, RunId run, const StatusCounts& counts);

// Whether there is a block run that others cannot run because of.
inline bool has_broken_rows(const StatusCounts& counts) {
    return counts[BlockRunStatus::failed] + counts[BlockRunStatus::upstream_failed] +
               counts[BlockRunStatus::condition_failed] >
           0;
}

// lifecycle.md 2.3: block runs below a failed block become upstream_failed, below a false condition condition_failed.
void mark_unreachable(Instance& instance, const PipelineFacts& pipeline);

// Whether a block run in derived.rows may be queued: everything above it is done.
class Readiness {
public:
    Readiness(Instance& instance, const PipelineFacts& pipeline);
    bool is_ready(const BlockRow& row) const;

private:
    const PipelineFacts& pipeline_;
    const std::vector<std::uint8_t>& done_;  // by block: it has block runs, and all are completed
};

}  // namespace runsim
