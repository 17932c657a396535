#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Dynamic blocks, version 1 (lifecycle.md 2.10). A dynamic child first gets one block run, its controller. It runs no
// code, but creates the children.

// The duration of a controller, and its wait between polls if a dynamic block yields no item.
inline constexpr Duration kControllerTime = Duration::milliseconds(100);
inline constexpr Duration kControllerSleep = Duration::seconds(10);

inline bool is_controller(const BlockFacts& block, const BlockRun& row) {
    return block.dynamic_child && row.block_uuid == block.block->symbol;
}

// Returns how often the controller looks for items before it creates children: once, plus 12 times for each dynamic
// block above it that yielded none.
std::uint32_t controller_polls(const Instance& instance, const PipelineFacts& pipeline, const BlockRun& controller);

// The limit for one controller. Mage has no such limit, and more memory.
inline constexpr std::int64_t kMostChildren = 100'000;

// Inserts the children of a controller. Existing children stay as they are.
void spawn_children(Instance& instance, const PipelineFacts& pipeline, BlockRunId controller);

}  // namespace runsim
