#include "lifecycle/blocks/readiness.hpp"

#include <algorithm>

namespace runsim {

Readiness::Readiness(Instance& instance, const PipelineFacts& pipeline)
    : pipeline_(pipeline), done_(instance.derived.done_blocks) {
    std::vector<std::uint8_t>& done = instance.derived.done_blocks;
    enum : std::uint8_t { none, all, some };  // of a block's block runs are completed
    done.assign(pipeline.blocks.size(), none);
    for (const BlockRow& row : instance.derived.rows) {
        if (row.block == PipelineFacts::kNoBlock) continue;
        std::uint8_t& state = done[row.block];
        if (row.status != BlockRunStatus::completed)
            state = some;
        else if (state == none)
            state = all;
    }
    for (std::uint8_t& state : done) state = state == all;
}

bool Readiness::is_ready(const BlockRow& row) const {
    if (row.block == PipelineFacts::kNoBlock) return false;
    const BlockFacts& block = pipeline_.blocks[row.block];
    const std::vector<std::uint32_t>& above = block.dynamic_child ? block.ancestors : block.block->upstream;
    return std::all_of(above.begin(), above.end(), [&](std::uint32_t up) { return done_[up] != 0; });
}

}  // namespace runsim
