#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Dynamic blocks, version 1 (lifecycle.md 2.10). The block run that a dynamic child is born with is a controller: it
// runs no code, but creates the children.

// How long a controller takes; and how it waits where a dynamic block yields no item.
inline constexpr Duration kControllerTime = Duration::milliseconds(100);
inline constexpr Duration kControllerSleep = Duration::seconds(10);

inline bool is_controller(const BlockFacts& block, const BlockRun& row) {
    return block.dynamic_child && row.block_uuid == block.block->symbol;
}

// How often the controller looks for items before it creates children: once, and 12 times more for each dynamic block
// above it that gave none.
std::uint32_t controller_polls(const Instance& instance, const PipelineFacts& pipeline, const BlockRun& controller);

// Of one controller. Mage has no such limit, and more memory.
inline constexpr std::int64_t kMostChildren = 100'000;

// Inserts the children of a controller; those that are there already stay as they are.
void spawn_children(Instance& instance, const PipelineFacts& pipeline, BlockRunId controller);

}  // namespace runsim
