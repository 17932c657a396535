#pragma once

#include <cstdint>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// A run of each world, or of one of them.
struct RunPair {
    const Run* a = nullptr;
    const Run* b = nullptr;
    std::uint32_t order() const { return a != nullptr ? a->id.value : b->id.value; }
};

// Returns every run of two worlds, each with the same run of the other one if there is one, in order. Two runs are the
// same if pipeline, schedule and execution date are equal, or, where no other run fits, pipeline, schedule and id.
std::vector<RunPair> pair_runs(const Instance& a, const Instance& b);

}  // namespace runsim
