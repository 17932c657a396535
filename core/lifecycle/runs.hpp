#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/value.hpp"
#include "lifecycle/instance.hpp"
#include "lifecycle/write.hpp"

namespace runsim {

// The effective execution partition of a run: variables.execution_partition where truthy, else "<schedule>/<date>"
// (lifecycle.md 1.2).
std::string execution_partition(const Store& store, const Run& run);

// Inserts a run at the next moment (created_at, updated_at set here) and returns its id. Fields that the row does not
// bring have their defaults.
RunId create_run(Instance& instance, Run row, Why why = {});
// Inserts the block runs of a batch pipeline's run, one a moment, as lifecycle.md 2.2 says. None for streaming and
// integration pipelines; an error where a replica's target is missing. The run must be there and have none.
Outcome create_block_runs(Instance& instance, RunId run);
// Those of an integration pipeline's run, made at its start (lifecycle.md 10.2): one stream, "stream", of one batch.
void create_stream_block_runs(Instance& instance, RunId run);
// Inserts one block run, `initial`.
BlockRunId create_block_run(Instance& instance, RunId run, Symbol block_uuid, json::Text metrics,
                            Why why = {Cause::tick});

// --- what users do to runs (lifecycle.md 1.7, 1.9; http-api.md 8.2, 8.3) ---

// Cancels an initial or running run: block runs in initial / queued / running become cancelled, their jobs die. Else
// nothing.
void cancel_run(Instance& instance, RunId run, Why why = {});
// retry_blocks: the run's incomplete block runs, or those from a block on, become initial, the run running. Errors are
// the API's.
Outcome retry_blocks(Instance& instance, RunId run, std::optional<std::string_view> from_block_uuid);
// retry_incomplete_block_runs of a pipeline (lifecycle.md 1.9): its failed runs that have block runs not in completed /
// condition_failed become initial, those block runs too.
void retry_incomplete_block_runs(Instance& instance, Symbol pipeline_uuid);
// Removes the run and its block runs; kills nothing.
void delete_run(Instance& instance, RunId run);

}  // namespace runsim
