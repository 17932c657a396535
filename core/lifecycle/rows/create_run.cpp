#include "lifecycle/rows/create_run.hpp"

#include "base/assert.hpp"

namespace runsim {

namespace {

const Run& existing_run(const Instance& instance, RunId id) {
    const Run* run = instance.store.run(id);
    RUNSIM_ASSERT(run != nullptr, "block runs belong to a run that exists");
    return *run;
}

}  // namespace

RunId create_run(Instance& instance, Run row, Why why) {
    if (row.executor_type == Symbol()) {
        Symbol& local_python = instance.derived.local_python;
        if (local_python == Symbol()) local_python = instance.store.symbols.intern("local_python");
        row.executor_type = local_python;
    }
    return insert(instance, std::move(row), why);
}

Outcome create_block_runs(Instance& instance, RunId id) {
    const PipelineFacts* pipeline = pipeline_facts(instance, existing_run(instance, id).pipeline_uuid);
    if (pipeline == nullptr || pipeline->streaming || pipeline->integration) return Done{};
    if (!pipeline->pipeline->start_error.empty()) return Error{pipeline->pipeline->start_error};
    for (const std::uint32_t index : pipeline->rows) {
        const Block& block = *pipeline->blocks[index].block;
        if (block.replicated_block && pipeline->pipeline->find_block(*block.replicated_block) == nullptr)
            return Error{"Replicated block " + *block.replicated_block + " does not exist in pipeline " +
                         pipeline->pipeline->uuid + "."};
    }
    for (const std::uint32_t index : pipeline->rows)
        create_block_run(instance, id, pipeline->blocks[index].block->symbol, pipeline->blocks[index].first_metrics);
    return Done{};
}

void create_stream_block_runs(Instance& instance, RunId id) {
    const PipelineFacts* pipeline = pipeline_facts(instance, existing_run(instance, id).pipeline_uuid);
    RUNSIM_ASSERT(pipeline != nullptr && pipeline->integration, "only integration pipelines have streams of blocks");
    for (const std::uint32_t index : pipeline->rows) {
        std::string uuid(instance.store.symbols.text(pipeline->blocks[index].block->symbol));
        create_block_run(instance, id, instance.store.symbols.intern(uuid + ":stream:0"), {});
    }
}

BlockRunId create_block_run(Instance& instance, RunId run, Symbol block_uuid, json::Text metrics, Why why) {
    BlockRun row;
    row.pipeline_run_id = run;
    row.block_uuid = block_uuid;
    row.metrics = std::move(metrics);
    return insert(instance, std::move(row), why);
}

}  // namespace runsim
