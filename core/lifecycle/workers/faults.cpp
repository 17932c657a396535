#include "lifecycle/workers/faults.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

namespace {

bool concerns_server(FaultKind kind) { return kind >= FaultKind::server_late; }

// Ends jobs without changing their rows. A scheduler that stops loses its waiting jobs, too.
void kill_jobs(Instance& instance, bool waiting_too) {
    ++instance.derived.deaths;
    const std::size_t slots = instance.jobs.slots().size();
    for (std::size_t i = 0; i < slots; ++i) {
        const Job& job = instance.jobs.slots()[i];
        if (job.serial == 0 || (job.state != JobState::running && !waiting_too)) continue;
        kill_job(instance, job.what());
    }
}

}  // namespace

bool draw_fault(Instance& instance, std::uint32_t chance_ppm) {
    return instance.fault_stream.below(1'000'000) < chance_ppm;
}

bool loses_job(Instance& instance) {
    const bool planned = std::exchange(instance.loses_next_job, false);
    const std::uint32_t chance = instance.options.faults.job_lost_ppm;
    return planned || (chance != 0 && draw_fault(instance, chance));
}

void perform_fault(Instance& instance, std::uint32_t index) {
    if (index >= instance.options.faults.planned.size()) return;
    const PlannedFault& fault = instance.options.faults.planned[index];
    switch (fault.kind) {
        case FaultKind::workers_die: return kill_jobs(instance, false);
        case FaultKind::job_lost: instance.loses_next_job = true; return;
        case FaultKind::scheduler_stops:
            instance.no_ticks_before = std::max(instance.no_ticks_before, fault.at + fault.length);
            return kill_jobs(instance, true);
        case FaultKind::memory_full: return;  // see is_memory_full()
        case FaultKind::server_late:
        case FaultKind::server_errors:
        case FaultKind::server_silent: return;  // see server_fault()
    }
}

bool is_memory_full(const Instance& instance, Instant at) {
    const auto& planned = instance.options.faults.planned;
    return std::any_of(planned.begin(), planned.end(), [&](const PlannedFault& fault) {
        return fault.kind == FaultKind::memory_full && fault.at <= at && at < fault.at + fault.length;
    });
}

const PlannedFault* server_fault(const Instance& instance) {
    const auto& planned = instance.options.faults.planned;
    const auto found = std::find_if(planned.begin(), planned.end(), [&](const PlannedFault& fault) {
        return concerns_server(fault.kind) && fault.at <= instance.now && instance.now < fault.at + fault.length;
    });
    return found == planned.end() ? nullptr : &*found;
}

}  // namespace runsim
