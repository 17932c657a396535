#include "lifecycle/runs/cancel_run.hpp"

#include "lifecycle/runs/end_run.hpp"

namespace runsim {

void cancel_run(Instance& instance, RunId id, Why why) {
    const Run* run = instance.store.run(id);
    if (run == nullptr || is_finished(run->status)) return;
    set_status(instance, id, RunStatus::cancelled, why);
    abandon_blocks(instance, id);
}

}  // namespace runsim
