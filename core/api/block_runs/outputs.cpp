#include "api/block_runs/handlers.hpp"
#include "api/calls/records.hpp"
#include "api/pipelines/block_output.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"

// LIST of outputs (http-api.md 5.13): the output of a block run. Nothing else has any.
namespace runsim::api {

namespace {

// A block run by POST /api/runs begins after its run's end, and its output is not kept.
bool is_kept(const Run& run, const BlockRun& row) {
    if (row.status != BlockRunStatus::completed) return false;
    const MaybeInstant began = row.dates.started_at();
    return !(run.completed_at && began && *began > *run.completed_at);
}

}  // namespace

Outcome list_outputs(Call& call, std::string& out) {
    json::Writer w(out);
    const bool of_block_run = call.parent && call.parent->resource->find == find_block_run;
    const BlockRunPlace place = of_block_run ? locate(call.instance, BlockRunId{call.parent->id}) : BlockRunPlace();
    if (!place.row || !place.run || !place.block || !is_kept(*place.run, *place.row)) {
        w.begin_array();
        w.end_array();
        return Done{};
    }
    append_run_outputs(
        w,
        behaviour_in_run(call.instance, *place.pipeline, *place.block, place.run->id, place.row->block_uuid)->output);
    return Done{};
}

}  // namespace runsim::api
