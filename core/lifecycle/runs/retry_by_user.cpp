#include "lifecycle/runs/retry_by_user.hpp"

#include "base/sort_stably.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

namespace {

// Marks a block and everything below it, by index.
std::vector<std::uint8_t> with_descendants(const Pipeline& pipeline, std::string_view block_uuid) {
    std::vector<std::uint8_t> chosen(pipeline.blocks.size(), 0);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i)
        if (pipeline.blocks[i].uuid == block_uuid) open.push_back(i);
    while (!open.empty()) {
        const std::uint32_t index = open.back();
        open.pop_back();
        if (chosen[index] != 0) continue;
        chosen[index] = 1;
        open.insert(open.end(), pipeline.blocks[index].downstream.begin(), pipeline.blocks[index].downstream.end());
    }
    return chosen;
}

// Returns the failed runs of a pipeline, including orphans, by ascending id.
std::vector<RunId> failed_runs(const Store& store, Symbol pipeline_uuid) {
    std::vector<RunId> failed;
    for (const PipelineRuns& runs : store.pipeline_runs()) {
        if (runs.id != pipeline_uuid) continue;
        const RunsByDate& list = runs.by_status[static_cast<std::size_t>(RunStatus::failed)];
        failed.assign(list.begin(), list.end());
    }
    for (const RunId id : store.orphans()) {
        const Run& run = *store.run(id);
        if (run.status == RunStatus::failed && run.pipeline_uuid == pipeline_uuid) failed.push_back(id);
    }
    sort_stably(failed);
    return failed;
}

void reset(Instance& instance, const std::vector<BlockRunId>& rows) {
    if (rows.empty()) return;
    const Instant at = instance.moment();
    for (const BlockRunId row : rows) set_status_at(instance, at, row, BlockRunStatus::initial, {Cause::retry});
}

}  // namespace

Outcome retry_blocks(Instance& instance, RunId id, std::optional<std::string_view> from_block_uuid) {
    const Run& run = *instance.store.run(id);
    const PipelineFacts* pipeline = pipeline_facts(instance, &run);
    if (pipeline == nullptr)
        return Error{instance.project->missing_pipeline(instance.store.symbols.text(run.pipeline_uuid))};
    std::vector<BlockRunId> rows;
    if (from_block_uuid) {
        const std::vector<std::uint8_t> chosen = with_descendants(*pipeline->pipeline, *from_block_uuid);
        for (const BlockRun& row : instance.store.block_runs_of(id)) {
            const std::uint32_t block = block_of(instance, *pipeline, row.block_uuid);
            if (block == PipelineFacts::kNoBlock)
                return Error{"'NoneType' object has no attribute 'uuid'", ErrorKind::no_attribute};
            if (chosen[block] != 0) rows.push_back(row.id);
        }
    } else if (run.status != RunStatus::completed) {
        for (const BlockRun& row : instance.store.block_runs_of(id))
            if (row.status != BlockRunStatus::completed) rows.push_back(row.id);
    }
    reset(instance, rows);
    if (instance.store.run(id)->status != RunStatus::running)
        set_status(instance, id, RunStatus::running, {Cause::retry});
    return Done{};
}

void retry_incomplete_block_runs(Instance& instance, Symbol pipeline_uuid) {
    const auto is_incomplete = [](const BlockRun& row) {
        return row.status != BlockRunStatus::completed && row.status != BlockRunStatus::condition_failed;
    };
    std::vector<RunId> runs;
    std::vector<BlockRunId> rows;
    for (const RunId run : failed_runs(instance.store, pipeline_uuid)) {
        const std::size_t before = rows.size();
        for (const BlockRun& row : instance.store.block_runs_of(run))
            if (is_incomplete(row)) rows.push_back(row.id);
        if (rows.size() > before) runs.push_back(run);
    }
    reset(instance, rows);
    if (runs.empty()) return;
    const Instant at = instance.moment();
    for (const RunId run : runs) set_status_at(instance, at, run, RunStatus::initial, {Cause::retry});
}

}  // namespace runsim
