#pragma once

#include <optional>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How the code of a block behaves: its model (model/block_behaviour.hpp), drawn from streams used only for this block,
// run and attempt, so nothing else shifts them.

// Attempts are numbered 1, 2, ... over a block's whole life in a run. `block_uuid` includes the suffix of a child.
struct Attempt {
    const BlockFacts& block;
    Symbol block_uuid;
    RunId run;
    std::uint32_t number = 1;
};

Duration attempt_duration(const Instance& instance, const BlockBehaviour& model, const Attempt& attempt);
bool attempt_succeeds(const Instance& instance, const BlockBehaviour& model, const Attempt& attempt);

}  // namespace runsim
