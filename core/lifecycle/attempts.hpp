#pragma once

#include <optional>

#include "lifecycle/instance.hpp"

namespace runsim {

// How the code of a block behaves: its model (model/block_model.hpp), drawn from streams that belong to this block, run
// and attempt alone, so that nothing else shifts them.

// Attempt 1, 2, ... of a block's whole life in a run. `block_uuid` carries the suffix of a child.
struct Attempt {
    const BlockFacts& block;
    Symbol block_uuid;
    RunId run;
    std::uint32_t number = 1;
};

Duration attempt_duration(const Instance& instance, const BlockModel& model, const Attempt& attempt);
bool attempt_succeeds(const Instance& instance, const BlockModel& model, const Attempt& attempt);

// lifecycle.md 2.9: how long to sleep after failing attempt k (from 1) when the sleeps so far sum up to `slept`; none:
// it was the last.
std::optional<Duration> retry_delay(const RetryConfig& config, std::uint32_t attempt, Duration slept);

}  // namespace runsim
