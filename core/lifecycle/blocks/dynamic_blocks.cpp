#include "lifecycle/blocks/dynamic_blocks.hpp"

#include <algorithm>
#include <string>

#include "base/text/text.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/rows/create_run.hpp"

namespace runsim {

namespace {

// One upstream block of a dynamic child, as its children see it.
struct Source {
    const BlockFacts* block = nullptr;
    std::int64_t count = 1;  // items or children to pick from
    bool children = false;   // a child itself: its children are paired with
};

std::int64_t children_of(const Instance& instance, RunId run, const PipelineFacts& pipeline, std::uint32_t block) {
    std::int64_t count = 0;
    for (const BlockRun& row : instance.store.block_runs_of(run))
        count += row.block_uuid != pipeline.blocks[block].block->symbol &&
                 block_of(instance, pipeline, row.block_uuid) == block;
    return count;
}

std::int64_t items_of(const Instance& instance, RunId run, const PipelineFacts& pipeline, const BlockFacts& block) {
    return behaviour_in_run(instance, pipeline, block, run, block.block->symbol)->items;
}

std::vector<Source> sources_of(const Instance& instance, RunId run, const PipelineFacts& pipeline,
                               const BlockFacts& block) {
    std::vector<Source> sources;
    for (const std::uint32_t up : block.block->upstream) {
        const BlockFacts& upstream = pipeline.blocks[up];
        Source source{&upstream};
        if (upstream.block->reduce_output) {
            // one value, whatever it was made of
        } else if (upstream.dynamic_child) {
            source.count = std::max<std::int64_t>(1, children_of(instance, run, pipeline, up));
            source.children = true;
        } else if (upstream.block->dynamic) {
            source.count = std::max<std::int64_t>(1, items_of(instance, run, pipeline, upstream));
        }
        sources.push_back(source);
    }
    return sources;
}

json::Text child_metrics(const Instance& instance, const std::vector<Source>& sources, std::int64_t index) {
    json::Array paired;
    std::int64_t later = 1;  // the product of the counts behind: the last upstream varies fastest
    for (std::size_t i = sources.size(); i-- > 0;) {
        const Source& source = sources[i];
        if (source.children) {
            std::string uuid(instance.store.symbols.text(source.block->block->symbol));
            uuid += ':';
            append_int(uuid, index / later % source.count);
            paired.insert(paired.begin(), json::Value(std::move(uuid)));
        }
        later *= source.count;
    }
    json::Object metrics;
    metrics.set("dynamic_block_index", index);
    metrics.set("dynamic_upstream_block_uuids", std::move(paired));
    return json::Text::of(std::move(metrics));
}

}  // namespace

std::uint32_t controller_polls(const Instance& instance, const PipelineFacts& pipeline, const BlockRun& controller) {
    constexpr std::uint32_t kPolls = 12;
    const BlockFacts& block = pipeline.blocks[block_of(instance, pipeline, controller.block_uuid)];
    const bool starved = std::any_of(block.block->upstream.begin(), block.block->upstream.end(), [&](std::uint32_t up) {
        const BlockFacts& upstream = pipeline.blocks[up];
        return upstream.block->dynamic && !upstream.block->reduce_output &&
               items_of(instance, controller.pipeline_run_id, pipeline, upstream) == 0;
    });
    return starved ? kPolls + 1 : 1;
}

void spawn_children(Instance& instance, const PipelineFacts& pipeline, BlockRunId controller) {
    const RunId run = instance.store.block_run(controller)->pipeline_run_id;
    const BlockFacts& block =
        pipeline.blocks[block_of(instance, pipeline, instance.store.block_run(controller)->block_uuid)];
    const std::vector<Source> sources = sources_of(instance, run, pipeline, block);
    std::int64_t count = 1;
    for (const Source& source : sources) count *= source.count;
    std::vector<Symbol> there;
    for (const BlockRun& row : instance.store.block_runs_of(run)) there.push_back(row.block_uuid);
    std::sort(there.begin(), there.end());
    for (std::int64_t index = 0; index < count; ++index) {
        std::string uuid(instance.store.symbols.text(block.block->symbol));
        uuid += ':';
        append_int(uuid, index);
        const Symbol symbol = instance.store.symbols.intern(uuid);
        if (std::binary_search(there.begin(), there.end(), symbol)) continue;
        create_block_run(instance, run, symbol, child_metrics(instance, sources, index), {Cause::worker});
    }
}

}  // namespace runsim
