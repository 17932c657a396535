#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "lifecycle/instance/transition.hpp"

namespace runsim {

// Work that the API leaves to the scheduler: after a run was cancelled or failed, its callbacks for `cancelled`
// (lifecycle.md 1.7). It is kept until it has ended.
struct GenericJob {
    std::uint32_t id = 0;
    std::uint32_t run = 0;
    GenericJobStatus status = GenericJobStatus::initial;
    std::vector<std::uint32_t> block_runs;  // that were cancelled
};

template <class A>
void archive(A& a, GenericJob& j) {
    a(j.id, j.run, j.status, j.block_runs);
}

}  // namespace runsim
