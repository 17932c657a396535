#include "lifecycle/blocks/block_rows.hpp"

namespace runsim {

void read_block_rows(const Instance& instance, const PipelineFacts& pipeline, RunId run, StepRows& out) {
    std::vector<BlockRow>& rows = out.rows;
    StatusCounts counts;
    rows.clear();
    instance.store.block_runs_of(run).for_each([&](const BlockRun& stored) {
        BlockRow row;
        row.id = stored.id;
        row.block = PipelineFacts::kNoBlock;
        row.status = stored.status;
        // Usually a run's k-th block run belongs to the k-th executable block.
        const std::size_t k = rows.size();
        if (k < pipeline.rows.size() && pipeline.blocks[pipeline.rows[k]].block->symbol == stored.block_uuid) {
            row.block = pipeline.rows[k];
        } else {
            row.block = block_of(instance, pipeline, stored.block_uuid);
            row.spawned =
                row.block != PipelineFacts::kNoBlock && pipeline.blocks[row.block].block->symbol != stored.block_uuid;
        }
        ++counts.of[static_cast<std::size_t>(stored.status)];
        rows.push_back(row);
    });
    counts.total = static_cast<std::uint32_t>(rows.size());
    out.counts = counts;
}

}  // namespace runsim
