#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "model/ids.hpp"

namespace runsim {

// A process that executes the blocks of a whole run: of a pipeline with run_pipeline_in_one_process
// (lifecycle.md 10.1), an integration pipeline (lifecycle.md 10.2, simulated with one stream of one batch), or a
// streaming pipeline (lifecycle.md 10.3), whose process goes on until a block raises. There is one for every running
// job of kind pipeline_run; that of a streaming run outlives the job, since it counts attempts.
struct PipelineProcess {
    RunId run;
    // The block runs to execute before the next look at what is ready, in reverse order.
    std::vector<BlockRunId> wave = {};
    bool failed = false;         // a block of this wave raised: the process ends with it
    std::uint32_t attempts = 0;  // of a streaming run, that ended in earlier processes
};

template <class A>
void archive(A& a, PipelineProcess& p) {
    a(p.run, p.wave, p.failed, p.attempts);
}

// A block run whose code waits for a run of another pipeline, which it has started or needs as a global data product.
struct RunWait {
    BlockRunId block_run;     // which waits; it has a job
    RunId run;                // that it has started; none: none yet, or somebody else's run of the product
    Instant since;            // when that was
    std::uint32_t call = 0;   // the number of the call of trigger_pipeline
    std::uint32_t tries = 0;  // of a product: polls in this round
    std::uint32_t round = 0;
};

template <class A>
void archive(A& a, RunWait& w) {
    a(w.block_run, w.run, w.since, w.call, w.tries, w.round);
}

}  // namespace runsim
