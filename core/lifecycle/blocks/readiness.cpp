#include "lifecycle/blocks/readiness.hpp"

#include <algorithm>

namespace runsim {

void find_done_blocks(const PipelineFacts& pipeline, StepRows& rows) {
    std::vector<std::uint8_t>& done = rows.done_blocks;
    enum : std::uint8_t { none, all, some };  // how many of a block's block runs are completed
    done.assign(pipeline.blocks.size(), none);
    for (const BlockRow& row : rows.rows) {
        if (row.block == PipelineFacts::kNoBlock) continue;
        std::uint8_t& state = done[row.block];
        if (row.status != BlockRunStatus::completed)
            state = some;
        else if (state == none)
            state = all;
    }
    for (std::uint8_t& state : done) state = state == all;
}

bool is_ready(const PipelineFacts& pipeline, const StepRows& rows, const BlockRow& row) {
    if (row.block == PipelineFacts::kNoBlock) return false;
    const BlockFacts& block = pipeline.blocks[row.block];
    if (block.block->waits_for_ever) return false;
    const std::vector<std::uint32_t>& above = block.dynamic_child ? block.ancestors : block.block->upstream;
    return std::all_of(above.begin(), above.end(), [&](std::uint32_t up) { return rows.done_blocks[up] != 0; });
}

}  // namespace runsim
