#pragma once

#include <optional>
#include <string>

#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the code of a block does with other pipelines, at the end of an attempt that does not fail: it calls
// trigger_pipeline (lifecycle.md 2.14), or sees to its global data product (lifecycle.md 2.15).

// Where the code has got to. Neither: it is done.
struct CodeStep {
    std::optional<Duration> sleep;  // it looks again after that
    std::string error;              // "Type: message", as BlockBehaviour::error
};

// Lets the code of a running block run go on, from its beginning or after a sleep.
CodeStep continue_code(Instance& instance, BlockRunId id, const BlockFacts& block, const BlockBehaviour& behaviour);

// What a block run waits for. Returns nullptr if its code does not wait.
const RunWait* run_wait_of(const Instance& instance, BlockRunId id);
// The code has ended, well or not.
void forget_run_wait(Instance& instance, BlockRunId id);

}  // namespace runsim
