#include "lifecycle/scheduler/tick.hpp"

#include <algorithm>
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

namespace {

// Called after a tick that wrote nothing: works out until when ticks stay quiet.
void note_quiet(Instance& instance) {
    Derived& derived = instance.derived;
    const std::vector<RunId>& running = instance.store.running_runs();
    if (derived.any_sla && (derived.runs_wait || !running.empty())) return;  // open runs may pass their SLA
    for (const GenericJob& job : instance.generic_jobs)
        if (job.status == GenericJobStatus::initial) return;
    Instant until = derived.starts_quiet_until;
    for (const RunId id : running) until = std::min(until, step_quiet_until(instance, id));
    derived.quiet_at = std::uint64_t{1} + instance.store.revision();
    derived.quiet_deaths = derived.deaths;
    derived.quiet_until = until;
}

}  // namespace

Instant quiet_until(const Instance& instance) {
    const Derived& derived = instance.derived;
    const bool known = derived.quiet_at == std::uint64_t{1} + instance.store.revision() &&
                       derived.quiet_deaths == derived.deaths && instance.files.written.empty();
    return known ? derived.quiet_until : kFirstInstant;
}

void tick(Instance& instance) {
    RUNSIM_ASSERT(!instance.events.empty(), "the scheduler was started");
    // The real clock is never at a whole second, at which a cron expression would still give the previous period
    // (lifecycle.md 4.3).
    instance.moment();
    if (instance.now < instance.no_ticks_before) return;
    sync_triggers(instance);
    if (instance.now < quiet_until(instance)) return;
    const std::uint64_t before = instance.store.revision();
    if (!are_starts_quiet(instance)) {
        if (!start_waiting_runs(instance)) return;
        if (instance.store.revision() == before) note_quiet_starts(instance);
    }
    std::vector<RunId>& running = instance.derived.run_ids;
    running = instance.store.running_runs();
    for (const RunId id : running) step_run(instance, id);
    process_generic_jobs(instance);
    check_sla(instance);
    if (instance.store.revision() == before) note_quiet(instance);
}

}  // namespace runsim
