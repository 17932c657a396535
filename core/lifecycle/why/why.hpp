#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Why a run or a block run is where it is, in a sentence built from facts: what it waits for, who put it there and
// when, and what the next tick will do. Times are shown as HH:MM:SS, with their date where it is not today's. The row
// is there.
std::string why(const Instance& instance, RunId run);
std::string why(const Instance& instance, BlockRunId block_run);

// Until when a block run sleeps before its next attempt. Returns nullopt if it does not sleep.
MaybeInstant sleeps_until(const Instance& instance, const BlockRun& row);

}  // namespace runsim
