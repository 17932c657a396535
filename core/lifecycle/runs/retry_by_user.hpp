#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What users ask for (lifecycle.md 1.9; http-api.md 8.2, 8.3). How a worker retries by itself: blocks/retry_delay.hpp.

// retry_blocks: the run's incomplete block runs, or those from a block on, become initial, the run running. Errors are
// the API's.
Outcome retry_blocks(Instance& instance, RunId run, std::optional<std::string_view> from_block_uuid);
// retry_incomplete_block_runs of a pipeline (lifecycle.md 1.9): its failed runs that have block runs not in completed /
// condition_failed become initial, those block runs too.
void retry_incomplete_block_runs(Instance& instance, Symbol pipeline_uuid);

}  // namespace runsim
