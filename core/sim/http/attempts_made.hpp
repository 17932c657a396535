#pragma once

#include <map>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How an attempt ended. `none` if it is still running, or was cut off.
enum class AttemptEnd : std::uint8_t { none, completed, failed };

// One attempt of a block's code.
struct AttemptMade {
    Instant started;
    MaybeInstant ended;
    AttemptEnd outcome = AttemptEnd::none;
};

struct AttemptsMade {
    MaybeInstant queued;                // when the block run was last queued
    std::vector<AttemptMade> attempts;  // oldest first
};

// Returns the attempts of a run's block runs, by the block run's id, as far as the record of transitions and notes
// still has them. A block run is `running` from its first attempt to its last, including sleeps (lifecycle.md 2.9).
std::map<std::uint32_t, AttemptsMade> attempts_made(const Instance& instance, const Run& run);

}  // namespace runsim
