#pragma once

#include <map>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// One attempt of a block's code.
struct AttemptMade {
    enum class Outcome : std::uint8_t { none, completed, failed };  // none: it goes on, or was cut off

    Instant started;
    MaybeInstant ended;
    Outcome outcome = Outcome::none;
};

struct AttemptsMade {
    MaybeInstant queued;                // when the block run was queued, the last time
    std::vector<AttemptMade> attempts;  // oldest first
};

// The attempts of a run's block runs, by the block run's id: what its record of transitions and notes still knows of
// them. A block run is `running` from its first attempt to its last, sleeps included (lifecycle.md 2.9).
std::map<std::uint32_t, AttemptsMade> attempts_made(const Instance& instance, const Run& run);

}  // namespace runsim
