#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Retries by users (lifecycle.md 1.9; http-api.md 8.2, 8.3). A worker's own retries: blocks/retry_delay.hpp.

// retry_blocks: resets the run's incomplete block runs, or those from a block on, to initial, and the run to running.
// Errors are the API's.
Outcome retry_blocks(Instance& instance, RunId run, std::optional<std::string_view> from_block_uuid);
// retry_incomplete_block_runs of a pipeline (lifecycle.md 1.9): resets to initial its failed runs that have block runs
// not in completed / condition_failed, and those block runs.
void retry_incomplete_block_runs(Instance& instance, Symbol pipeline_uuid);

}  // namespace runsim
