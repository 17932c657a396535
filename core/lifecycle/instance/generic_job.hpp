#pragma once

#include <vector>

#include "lifecycle/instance/transition.hpp"
#include "model/ids.hpp"

namespace runsim {

using GenericJobId = Id<struct GenericJobTag>;

// Work that the API leaves to the scheduler: after a run was cancelled or failed, its callbacks for `cancelled`
// (lifecycle.md 1.7). It is kept until it has ended.
struct GenericJob {
    GenericJobId id;
    RunId run;
    GenericJobStatus status = GenericJobStatus::initial;
    std::vector<BlockRunId> block_runs;  // that were cancelled
};

template <class A>
void archive(A& a, GenericJob& j) {
    a(j.id, j.run, j.status, j.block_runs);
}

}  // namespace runsim
