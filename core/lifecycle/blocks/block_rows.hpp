#pragma once

#include <array>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How many block runs of a run have each status.
struct StatusCounts {
    std::array<std::uint32_t, 8> of{};
    std::uint32_t total = 0;
    std::uint32_t operator[](BlockRunStatus status) const { return of[static_cast<std::size_t>(status)]; }
};

// Reads the block runs of a run, in row order, into derived.rows, which a step works on.
StatusCounts read_block_rows(Instance& instance, const PipelineFacts& pipeline, RunId run);

}  // namespace runsim
