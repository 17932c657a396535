#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/block_model.hpp"
#include "model/ids.hpp"
#include "model/rows.hpp"

namespace runsim {

struct BlockFacts;
struct Instance;
struct PipelineFacts;

// What somebody said of one block in one run, at run time.
struct RunModel {
    std::uint32_t run = 0;
    Symbol block_uuid;  // of a block, which means its children too, or of one child: "each:0"
    BlockModelChange change;
};

template <class A>
void archive(A& a, RunModel& m) {
    a(m.run, m.block_uuid, m.change);
}

// How a block behaves in a run: what the project says of the block, over it the project's rules that hold for the run,
// in order, over those what was set for the run, a child's own last. `block_uuid` is that of the block run. The
// reference lives until the next call.
const BlockModel& model_in_run(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
                               RunId run, Symbol block_uuid);

inline constexpr std::size_t kMostRunModels = 100'000;

// Says how a block behaves in one run from now on: its next attempts, polls and items. Replaces what was said before;
// an empty change takes it back. An error where the run or its pipeline's block is not there, or too much is set.
Outcome set_run_model(Instance& instance, RunId run, std::string_view block_uuid, BlockModelChange change);
// What is set for a run, by block; nothing else keeps the order.
std::vector<RunModel> run_models_of(const Instance& instance, RunId run);
// Of a run that is deleted.
void forget_run_models(Instance& instance, RunId run);

}  // namespace runsim
