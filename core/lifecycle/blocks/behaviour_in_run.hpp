#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a block behaves in a run: what the project says of the block, over it the project's rules that hold for the run,
// in order, over those what was set for the run, a child's own last. `block_uuid` is that of the block run. The
// reference lives until the next call.
const BlockBehaviour& behaviour_in_run(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
                                       RunId run, Symbol block_uuid);

inline constexpr std::size_t kMostRunOverrides = 100'000;

// Says how a block behaves in one run from now on: its next attempts, polls and items. Replaces what was said before;
// an empty change takes it back. An error where the run or its pipeline's block is not there, or too much is set.
Outcome set_run_override(Instance& instance, RunId run, std::string_view block_uuid, BlockBehaviourChange change);
// What is set for a run, by block; nothing else keeps the order.
std::vector<RunOverride> run_overrides_of(const Instance& instance, RunId run);
// Of a run that is deleted.
void forget_run_overrides(Instance& instance, RunId run);

}  // namespace runsim
