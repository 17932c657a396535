#pragma once

#include "base/result.hpp"
#include "json/text.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

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

}  // namespace runsim
