#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "model/ids.hpp"

namespace runsim {

// A process that executes all blocks of a run: of a pipeline with run_pipeline_in_one_process (lifecycle.md 10.1), an
// integration pipeline (lifecycle.md 10.2, simulated with one stream of one batch), or a streaming pipeline
// (lifecycle.md 10.3), whose process runs until a block raises. Every running job of kind pipeline_run has one. That of
// a streaming run outlives the job, since it counts attempts.
struct PipelineProcess {
    RunId run;
    // The block runs to execute before checking again which are ready, in reverse order.
    std::vector<BlockRunId> wave = {};
    bool failed = false;         // a block of this wave raised: the process ends after the wave
    std::uint32_t attempts = 0;  // of a streaming run: attempts that ended in earlier processes
};

template <class A>
void archive(A& a, PipelineProcess& p) {
    a(p.run, p.wave, p.failed, p.attempts);
}

// A block run whose code waits for a run of another pipeline. It started the run, or needs it as a global data product.
struct RunWait {
    BlockRunId block_run;     // the waiting one; it has a job
    RunId run;                // the run it started; none: not yet, or the product's run was started elsewhere
    Instant since;            // when it started it
    std::uint32_t call = 0;   // number of the call of trigger_pipeline
    std::uint32_t tries = 0;  // for a product: polls in this round
    std::uint32_t round = 0;
};

template <class A>
void archive(A& a, RunWait& w) {
    a(w.block_run, w.run, w.since, w.call, w.tries, w.round);
}

}  // namespace runsim
