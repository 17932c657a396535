#pragma once

#include "base/result.hpp"
#include "json/text.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

// Inserts a run at the next moment (sets created_at and updated_at) and returns its id. Missing fields get their
// defaults.
RunId create_run(Instance& instance, Run row, Why why = {});
// Inserts the block runs of a batch pipeline's run, one per moment (lifecycle.md 2.2). Inserts none for streaming and
// integration pipelines. Fails if a replica's target is missing. The run must exist.
Outcome create_block_runs(Instance& instance, RunId run);
// The same for an integration pipeline's run at its start (lifecycle.md 10.2): one stream, "stream", of one batch.
void create_stream_block_runs(Instance& instance, RunId run);
// Inserts one block run with the status `initial`.
BlockRunId create_block_run(Instance& instance, RunId run, Symbol block_uuid, json::Text metrics,
                            Why why = {Cause::tick});

}  // namespace runsim
