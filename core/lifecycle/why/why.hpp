#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Explains in a sentence why a run or a block run is in its state: what it waits for, what put it there and when, and
// what the next tick will do. Times are HH:MM:SS, with their date if it is not today's. The row must exist.
std::string why(const Instance& instance, RunId run);
std::string why(const Instance& instance, BlockRunId block_run);

// Returns until when a block run sleeps before its next attempt, or none if it does not sleep.
MaybeInstant sleeps_until(const Instance& instance, const BlockRun& row);

}  // namespace runsim
