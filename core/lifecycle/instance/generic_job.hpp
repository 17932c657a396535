#pragma once

#include <vector>

#include "lifecycle/instance/transition.hpp"
#include "model/ids.hpp"

namespace runsim {

using GenericJobId = Id<struct GenericJobTag>;

// Work that the API leaves to the scheduler: the `cancelled` callbacks of a run that was cancelled or failed
// (lifecycle.md 1.7). Kept until it has ended.
struct GenericJob {
    GenericJobId id;
    RunId run;
    GenericJobStatus status = GenericJobStatus::initial;
    std::vector<BlockRunId> block_runs;  // the cancelled ones
};

template <class A>
void archive(A& a, GenericJob& j) {
    a(j.id, j.run, j.status, j.block_runs);
}

}  // namespace runsim
