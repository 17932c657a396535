#include "lifecycle/scheduler/sla.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/schedules/due_cache.hpp"

namespace runsim {

namespace {

void check_run(Instance& instance, Instant now, RunId id, std::int64_t sla) {
    const Run& run = *instance.store.run(id);
    if (run.passed_sla) return;
    const MaybeInstant last = sla_instant(run, sla);
    if (!last || *last >= now) return;
    const Instant at = instance.moment();
    record(instance, run, status_of(run), at, {Cause::sla, static_cast<std::uint32_t>(sla)});
    instance.store.update(id, [&](Run& row) {
        row.passed_sla = true;
        row.updated_at = stored_moment(instance, at);
    });
}

}  // namespace

MaybeInstant sla_instant(const Run& run, std::int64_t sla) {
    constexpr std::int64_t kForever = 1'000'000'000'000;  // seconds: fits a Duration, and never passes
    if (sla == 0 || sla > kForever) return {};
    return run.execution_date.value_or(run.created_at) + Duration::seconds(std::max(sla, -kForever));
}

void check_sla(Instance& instance) {
    const std::vector<ScheduleGroup>& groups = active_schedules(instance);
    if (!instance.derived.any_sla) return;
    const Instant now = instance.now;
    std::vector<RunId>& runs = instance.derived.run_ids;
    for (const ScheduleGroup& group : groups) {
        for (const ActiveSchedule& schedule : group.schedules) {
            const ScheduleId id = schedule.id;
            const std::int64_t sla = instance.store.schedule(id)->sla.value_or(0);
            if (sla == 0) continue;
            runs = instance.store.initial_runs(id);
            if (instance.store.running_count(id) > 0)
                for (const RunId run : instance.store.running_runs())
                    if (instance.store.run(run)->pipeline_schedule_id == id) runs.push_back(run);
            for (const RunId run : runs) check_run(instance, now, run, sla);
        }
    }
}

}  // namespace runsim
