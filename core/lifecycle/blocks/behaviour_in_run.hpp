#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a block behaves in one run: the project's behaviour of the block, or a changed copy of it. Valid as long as the
// project.
class BehaviourInRun {
public:
    explicit BehaviourInRun(const BlockBehaviour& of_block) : of_block_(&of_block) {}

    const BlockBehaviour& operator*() const { return changed_ ? *changed_ : *of_block_; }
    const BlockBehaviour* operator->() const { return &**this; }
    void change(const BlockBehaviourChange& by) {
        if (!changed_) changed_ = *of_block_;
        lay_over(*changed_, by);
    }

private:
    const BlockBehaviour* of_block_;
    std::optional<BlockBehaviour> changed_;
};

// Works out how a block behaves in a run. The project's rules that hold for the run change it, in order; then what was
// set for the run; then what was set for one child. A block without its file fails, whatever was said. `block_uuid` is
// that of the block run.
BehaviourInRun behaviour_in_run(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
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
