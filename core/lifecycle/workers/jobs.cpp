#include "lifecycle/workers/jobs.hpp"

#include "lifecycle/workers/block_code.hpp"
#include "lifecycle/workers/block_job.hpp"
#include "lifecycle/workers/faults.hpp"
#include "lifecycle/workers/pipeline_process.hpp"

namespace runsim {

namespace {

bool has_free_worker(const Instance& instance) { return instance.jobs.running() < instance.project->queue_concurrency; }

// Gives free workers to waiting jobs, first come, first served.
void fill_workers(Instance& instance) {
    while (has_free_worker(instance)) {
        const JobQueue::Slot slot = instance.jobs.first_waiting();
        if (slot == JobQueue::kNone) return;
        start_job(instance, slot);
    }
}

void plan_start(Instance& instance, JobQueue::Slot slot) {
    Job& job = instance.jobs.job(slot);
    job.state = JobState::queued;
    job.event = instance.events.push(instance.now + instance.options.block_start_delay, EventKind::job_start, slot);
}

}  // namespace

void enqueue_job(Instance& instance, JobSubject subject, RunId run) {
    JobQueue& jobs = instance.jobs;
    if (jobs.find(subject) != JobQueue::kNone) return;
    const JobQueue::Slot slot = jobs.enqueue(subject, run, instance.now);
    if (loses_job(instance)) return jobs.set_lost(slot);
    // Any enqueue starts a pool, which picks up jobs that were lost before (lifecycle.md 3.8).
    if (instance.options.faults.can_lose_jobs())
        for (JobQueue::Slot lost = jobs.first_lost(); lost != JobQueue::kNone; lost = jobs.first_lost())
            plan_start(instance, lost);
    plan_start(instance, slot);
}

void kill_job(Instance& instance, JobSubject subject) {
    JobQueue& jobs = instance.jobs;
    const JobQueue::Slot slot = jobs.find(subject);
    if (slot == JobQueue::kNone) return;
    const bool had_worker = jobs.job(slot).state == JobState::running;
    forget_run_wait(instance, jobs.job(slot).block_run);
    if (subject.kind == JobKind::pipeline_run) end_process(instance, jobs.job(slot).run);
    jobs.remove(slot);
    if (!had_worker || !has_free_worker(instance)) return;
    // Work begins in events, never inside a request or a tick: the next job's start is an event of this instant.
    const JobQueue::Slot next = jobs.first_waiting();
    if (next != JobQueue::kNone) jobs.job(next).event = instance.events.push(instance.now, EventKind::job_start, next);
}

void start_job(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence) {
    Job* job = instance.jobs.due(slot, sequence);
    if (job == nullptr) return;
    if (job->state == JobState::queued) {
        instance.jobs.set_waiting(slot);
    } else {
        job->event = 0;
    }
    fill_workers(instance);
}

void end_attempt(Instance& instance, JobQueue::Slot slot, std::uint64_t sequence) {
    if (instance.jobs.due(slot, sequence) == nullptr) return;
    continue_job(instance, slot);
    fill_workers(instance);
}

}  // namespace runsim
