#include "lifecycle/blocks/dynamic_blocks.hpp"

#include <algorithm>
#include <string>

#include "base/sort_stably.hpp"
#include "base/text/text.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/rows/create_run.hpp"

namespace runsim {

namespace {

// An upstream block of a dynamic child, from the child's view.
struct Source {
    std::int64_t count = 1;          // items or children to combine with those of other blocks
    std::int64_t children = 0;       // of a block that is a child itself, reducing or not: taken in turn
    std::vector<Symbol> block_runs;  // to take them from, by id
};

std::int64_t items_of(const Instance& instance, RunId run, const PipelineFacts& pipeline, const BlockFacts& block,
                      Symbol block_uuid) {
    return behaviour_in_run(instance, pipeline, block, run, block_uuid)->items;
}

// For a block that is a child itself. Mage excludes the block run with the block's own uuid from those to take from.
// The controller of a replica has another uuid, so it stays among them.
Source source_of_child(const Instance& instance, RunId run, const PipelineFacts& pipeline, std::uint32_t index) {
    const BlockFacts& block = pipeline.blocks[index];
    Source source;
    std::int64_t items = 0;
    for (const BlockRun& row : instance.store.block_runs_of(run)) {
        if (block_of(instance, pipeline, row.block_uuid) != index) continue;
        const bool controller = is_controller(block, row);
        if (!controller || block.block->replicated_block) source.block_runs.push_back(row.block_uuid);
        if (controller) continue;
        ++source.children;
        if (block.block->dynamic) items += items_of(instance, run, pipeline, block, row.block_uuid);
    }
    if (!block.block->reduce_output)
        source.count = std::max<std::int64_t>(1, block.block->dynamic ? items : source.children);
    return source;
}

std::vector<Source> sources_of(const Instance& instance, RunId run, const PipelineFacts& pipeline,
                               const BlockFacts& block) {
    std::vector<Source> sources;
    for (const std::uint32_t up : block.block->upstream) {
        const BlockFacts& upstream = pipeline.blocks[up];
        Source source;
        if (upstream.dynamic_child)
            source = source_of_child(instance, run, pipeline, up);
        else if (upstream.block->dynamic && !upstream.block->reduce_output)
            source.count =
                std::max<std::int64_t>(1, items_of(instance, run, pipeline, upstream, upstream.block->symbol));
        sources.push_back(std::move(source));
    }
    return sources;
}

json::Text child_metrics(const Instance& instance, const std::vector<Source>& sources, std::int64_t index) {
    json::Array taken;
    for (const Source& source : sources) {
        if (source.children == 0) continue;
        const Symbol uuid = source.block_runs[static_cast<std::size_t>(index % source.children)];
        taken.emplace_back(std::string(instance.store.symbols.text(uuid)));
    }
    json::Object metrics;
    metrics.set("dynamic_block_index", index);
    metrics.set("dynamic_upstream_block_uuids", std::move(taken));
    return json::Text::of(std::move(metrics));
}

}  // namespace

std::uint32_t controller_polls(const Instance& instance, const PipelineFacts& pipeline, const BlockRun& controller) {
    constexpr std::uint32_t kPolls = 12;
    const BlockFacts& block = pipeline.blocks[block_of(instance, pipeline, controller.block_uuid)];
    const auto& above = block.block->upstream;
    const auto starved = std::count_if(above.begin(), above.end(), [&](std::uint32_t up) {
        const BlockFacts& upstream = pipeline.blocks[up];
        return upstream.block->dynamic && !upstream.dynamic_child &&
               items_of(instance, controller.pipeline_run_id, pipeline, upstream, upstream.block->symbol) == 0;
    });
    return kPolls * static_cast<std::uint32_t>(starved) + 1;
}

void spawn_children(Instance& instance, const PipelineFacts& pipeline, BlockRunId controller) {
    const RunId run = instance.store.block_run(controller)->pipeline_run_id;
    const BlockFacts& block =
        pipeline.blocks[block_of(instance, pipeline, instance.store.block_run(controller)->block_uuid)];
    const std::vector<Source> sources = sources_of(instance, run, pipeline, block);
    std::int64_t count = 1;
    for (const Source& source : sources) count = std::min(kMostChildren, count * source.count);
    std::vector<Symbol> there;
    for (const BlockRun& row : instance.store.block_runs_of(run)) there.push_back(row.block_uuid);
    sort_stably(there);
    for (std::int64_t index = 0; index < count; ++index) {
        std::string uuid = block.block->uuid + ':';
        append_int(uuid, index);
        const Symbol symbol = instance.store.symbols.intern(uuid);
        if (std::binary_search(there.begin(), there.end(), symbol)) continue;
        create_block_run(instance, run, symbol, child_metrics(instance, sources, index), {Cause::worker});
    }
}

}  // namespace runsim
