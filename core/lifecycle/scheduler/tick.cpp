#include "lifecycle/scheduler/tick.hpp"

#include <cstdint>
#include <vector>

#include "base/assert.hpp"
#include "lifecycle/runs/step_run.hpp"
#include "lifecycle/scheduler/sla.hpp"
#include "lifecycle/scheduler/start_waiting_runs.hpp"
#include "lifecycle/schedules/due_cache.hpp"
#include "lifecycle/schedules/sync_triggers.hpp"
#include "lifecycle/workers/generic_jobs.hpp"

namespace runsim {

void tick(Instance& instance) {
    RUNSIM_ASSERT(!instance.events.empty(), "the scheduler was started");
    // The real clock is never at a whole second, at which a cron expression would still give the previous period
    // (lifecycle.md 4.3).
    instance.moment();
    if (instance.now < instance.no_ticks_before) return;
    sync_triggers(instance);
    if (is_quiet(instance)) return;
    const std::uint64_t before = instance.store.revision();
    if (!start_waiting_runs(instance)) return;
    std::vector<RunId>& running = instance.derived.run_ids;
    running = instance.store.running_runs();
    for (const RunId id : running) step_run(instance, id);
    process_generic_jobs(instance);
    check_sla(instance);
    if (instance.store.revision() == before) note_quiet(instance);
}

}  // namespace runsim
