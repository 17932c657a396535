#pragma once

#include <cstdint>
#include <vector>

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

}  // namespace runsim
