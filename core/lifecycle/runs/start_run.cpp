#include "lifecycle/runs/start_run.hpp"

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/runs/step_run.hpp"

namespace runsim {

void start_run(Instance& instance, RunId id) {
    const Run* run = instance.store.run(id);
    if (run == nullptr || run->status == RunStatus::running) return;
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (instance.store.block_runs_of(id).empty()) {
        if (pipeline != nullptr && pipeline->integration) create_stream_block_runs(instance, id);
        if (!create_block_runs(instance, id).ok())
            return set_status(instance, id, RunStatus::failed, {Cause::init_failed});
    }
    set_status(instance, id, RunStatus::running, {Cause::tick}, [](Run& row, Instant at) { row.started_at = at; });
    if (pipeline != nullptr && !pipeline->pipeline->step_error.empty())
        return set_status(instance, id, RunStatus::failed, {Cause::init_failed});
    step_run(instance, id);
}

}  // namespace runsim
