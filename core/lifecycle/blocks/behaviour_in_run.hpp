#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a block behaves in one run: the project's behaviour of the block, or a changed copy. Valid as long as the
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

// Works out how a block behaves in a run. First apply the project's rules that match the run, in order, then the
// overrides of the run, then those of one child. Nothing of this helps a block that Mage cannot run: it fails, or runs
// for ever. `block_uuid` is that of the block run.
BehaviourInRun behaviour_in_run(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
                                RunId run, Symbol block_uuid);

inline constexpr std::size_t kMostRunOverrides = 100'000;

// Sets how a block behaves in one run from now on: its next attempts, polls and items. Replaces an earlier override; an
// empty change removes it. Fails if the run does not exist, its pipeline has no such block, or too many are set.
Outcome set_run_override(Instance& instance, RunId run, std::string_view block_uuid, BlockBehaviourChange change);
// Returns the overrides of a run, by block.
std::vector<RunOverride> run_overrides_of(const Instance& instance, RunId run);
// Drops the overrides of a deleted run.
void forget_run_overrides(Instance& instance, RunId run);

}  // namespace runsim
