#pragma once

#include <optional>
#include <string>

#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the code of a block does with other pipelines at the end of a successful attempt: it calls trigger_pipeline
// (lifecycle.md 2.14), or checks its global data product (lifecycle.md 2.15).

// The state of the code after a step. If neither is set, it has finished.
struct CodeStep {
    std::optional<Duration> sleep;  // it checks again after this time
    std::string error;              // "Type: message", as BlockBehaviour::error
};

// Continues the code of a running block run, from its beginning or after a sleep.
CodeStep continue_code(Instance& instance, BlockRunId id, const BlockFacts& block, const BlockBehaviour& behaviour);

// Returns what a block run waits for, or nullptr if its code does not wait.
const RunWait* run_wait_of(const Instance& instance, BlockRunId id);
// Call it when the code has ended, with or without success.
void forget_run_wait(Instance& instance, BlockRunId id);

}  // namespace runsim
