#include "lifecycle/blocks/mark_unreachable.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

namespace {

// The entry of a block run in that set: its own uuid, and its block's without a child's suffix.
struct Broken {
    std::vector<Symbol> uuids;
    std::vector<std::uint8_t> blocks;
    std::uint32_t first = 0;  // one of its block runs, for the record

    bool holds_block(std::uint32_t block) const { return blocks[block] != 0; }
    bool holds_uuid(Symbol uuid) const { return contains(uuids, uuid); }
};

Broken broken_by(const Instance& instance, const PipelineFacts& pipeline, const StepRows& rows,
                 bool (*is_broken)(BlockRunStatus)) {
    Broken broken;
    broken.blocks.assign(pipeline.blocks.size(), 0);
    for (const BlockRow& row : rows.rows) {
        if (!is_broken(row.status) || row.block == PipelineFacts::kNoBlock) continue;
        broken.blocks[row.block] = 1;
        broken.uuids.push_back(instance.store.block_run(row.id)->block_uuid);
        if (broken.first == 0) broken.first = row.id.value;
    }
    return broken;
}

// A spawned child is below the children in its metrics, if there are any, else below its block's upstream blocks. Mage
// compares these names with the uuids of the block runs unchanged; it also compares without suffixes, but only for a
// block run with its block's own uuid. So neither a replica nor a child notices that a replica above it is broken.
bool stands_below(const Instance& instance, const PipelineFacts& pipeline, const BlockRow& row, const Broken& broken) {
    if (row.spawned) {
        const json::Value metrics = instance.store.block_run(row.id)->metrics.value();
        const json::Array* paired =
            metrics.object() != nullptr ? metrics.object()->array("dynamic_upstream_block_uuids") : nullptr;
        if (paired != nullptr && !paired->empty())
            return std::any_of(paired->begin(), paired->end(), [&](const json::Value& uuid) {
                const auto symbol = uuid.string() ? instance.store.symbols.find(*uuid.string()) : std::nullopt;
                return symbol && broken.holds_uuid(*symbol);
            });
    }
    const Block& block = *pipeline.blocks[row.block].block;
    const bool plain = !row.spawned && !block.replicated_block;
    return std::any_of(block.upstream.begin(), block.upstream.end(), [&](std::uint32_t up) {
        const Block& upstream = *pipeline.blocks[up].block;
        return plain ? broken.holds_block(up) : !upstream.replicated_block && broken.holds_uuid(upstream.symbol);
    });
}

}  // namespace

void mark_unreachable(Instance& instance, const PipelineFacts& pipeline, StepRows& rows) {
    const auto is_failed = [](BlockRunStatus status) {
        return status == BlockRunStatus::failed || status == BlockRunStatus::upstream_failed;
    };
    const auto is_false = [](BlockRunStatus status) { return status == BlockRunStatus::condition_failed; };
    for (bool changed = true; changed;) {
        changed = false;
        const Broken failed = broken_by(instance, pipeline, rows, is_failed);
        const Broken untrue = broken_by(instance, pipeline, rows, is_false);
        for (BlockRow& row : rows.rows) {
            if (row.status != BlockRunStatus::initial || row.block == PipelineFacts::kNoBlock) continue;
            if (stands_below(instance, pipeline, row, failed)) {
                row.status = BlockRunStatus::upstream_failed;
                set_status(instance, row.id, row.status, {Cause::upstream, failed.first});
            } else if (stands_below(instance, pipeline, row, untrue)) {
                row.status = BlockRunStatus::condition_failed;
                set_status(instance, row.id, row.status, {Cause::upstream, untrue.first});
            } else {
                continue;
            }
            changed = true;
        }
    }
}

}  // namespace runsim
