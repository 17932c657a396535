#include "lifecycle/workers/generic_jobs.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

namespace {

constexpr int kMostPerTick = 10;

void set_status_of(Instance& instance, GenericJob& job, GenericJobStatus to, Cause cause) {
    const std::uint8_t from = status_of(job);
    job.status = to;
    record(instance, job, from, instance.now, {cause});
}

}  // namespace

void process_generic_jobs(Instance& instance) {
    int processed = 0;
    for (GenericJob& job : instance.generic_jobs) {
        if (processed == kMostPerTick) return;
        if (job.status != GenericJobStatus::initial) continue;
        ++processed;
        set_status_of(instance, job, GenericJobStatus::queued, Cause::tick);
        enqueue_job(instance, job.id, job.run);
    }
}

void run_generic_job(Instance& instance, GenericJobId id) {
    const auto job = std::find_if(instance.generic_jobs.begin(), instance.generic_jobs.end(),
                                  [&](const GenericJob& other) { return other.id == id; });
    if (job == instance.generic_jobs.end()) return;
    set_status_of(instance, *job, GenericJobStatus::running, Cause::worker);
    const Run* run = instance.store.run(job->run);
    const bool runs_callbacks = !job->block_runs.empty() && run != nullptr && run->status == RunStatus::cancelled;
    set_status_of(instance, *job, runs_callbacks ? GenericJobStatus::completed : GenericJobStatus::failed,
                  Cause::worker);
    instance.generic_jobs.erase(job);
}

}  // namespace runsim
