#include "lifecycle/why/why.hpp"

#include "lifecycle/why/transition_why.hpp"
#include "lifecycle/why/why_text.hpp"
#include "lifecycle/workers/block_code.hpp"

namespace runsim {

using namespace why_detail;

namespace {

std::string since_text(const Instance& instance, const BlockRun& row) {
    const auto change = last_change(instance, Subject::block_run, row.id.value, static_cast<std::uint8_t>(row.status));
    return change ? " since " + time_text(instance, change->at) : "";
}

// The state of a block run, for those that wait for it: "runs since 12:03:10".
std::string state_text(const Instance& instance, const BlockRun& row) {
    switch (row.status) {
        case BlockRunStatus::initial: return "waits itself";
        case BlockRunStatus::queued: return "is queued" + since_text(instance, row);
        case BlockRunStatus::running:
            return row.dates.started_at() ? "runs since " + time_text(instance, *row.dates.started_at())
                                          : std::string("is running");
        default: return "is " + std::string(name_of(row.status)) + since_text(instance, row);
    }
}

std::string why_waiting(const Instance& instance, const BlockRun& row) {
    const BlockRunPlace place = locate(instance, row.id);
    if (place.run == nullptr) return "waits for ever: its run was deleted";
    if (place.run->status == RunStatus::initial) return "waits for its run, which " + why(instance, place.run->id);
    if (place.run->status != RunStatus::running)
        return "was left behind: its run is " + std::string(name_of(place.run->status)) +
               ", and nothing looks at its blocks any more";
    if (place.block == nullptr) return "waits for ever: its pipeline has no such block";

    if (place.block->block->waits_for_ever)
        return "waits for ever: something above it that is no block of the pipeline is never executed";

    std::string waits;
    std::int64_t active = 0;
    const auto& above = place.block->dynamic_child ? place.block->ancestors : place.block->block->upstream;
    for (const std::uint32_t up : above) {
        bool any = false;
        for (const BlockRun& other : instance.store.block_runs_of(place.run->id)) {
            if (block_of(instance, *place.pipeline, other.block_uuid) != up) continue;
            any = true;
            if (other.status == BlockRunStatus::completed) continue;
            waits += (waits.empty() ? "" : ", and ") + block_name(instance, other) + ", which " +
                     state_text(instance, other);
        }
        if (!any) return "waits for ever: `" + place.pipeline->blocks[up].block->uuid + "` above it is never executed";
    }
    if (!waits.empty()) return "waits for " + waits + "; " + next_tick(instance);
    for (const BlockRun& other : instance.store.block_runs_of(place.run->id))
        active += other.status == BlockRunStatus::queued || other.status == BlockRunStatus::running;
    const auto limit = place.pipeline->pipeline->concurrency.block_run_limit;
    if (limit && *limit <= active)
        return "waits: block_run_limit is " + std::to_string(*limit) +
               ", and as many blocks of its run are queued or running; " + next_tick(instance);
    return "is ready, and waits for the scheduler to queue it; " + next_tick(instance);
}

std::string why_queued(const Instance& instance, const BlockRun& row) {
    const JobQueue& jobs = instance.jobs;
    const JobQueue::Slot slot = jobs.find(row.id);
    const std::string since = "queued" + since_text(instance, row) + ": ";
    if (slot == JobQueue::kNone)
        return since + "its job is gone, which crash recovery will find; " + next_tick(instance);
    const Job& job = jobs.job(slot);
    switch (job.state) {
        case JobState::lost: return since + "its job is lost until another job is queued";
        case JobState::queued:
            return since + "a worker will take it at " +
                   time_text(instance, job.since + instance.options.block_start_delay);
        case JobState::waiting: break;
        case JobState::running: return since + "a worker has it";
    }
    std::int64_t before = 0;
    for (const Job& other : jobs.slots())
        before += other.serial != 0 && other.state == JobState::waiting && other.serial < job.serial;
    return since + "waits for a free worker: all " + std::to_string(jobs.running()) + " are busy, and " +
           std::to_string(before) + " other jobs come first";
}

// Returns the job of a block run: its own, or that of its whole run. Returns nullptr if there is none.
const Job* job_of(const Instance& instance, const BlockRun& row) {
    JobQueue::Slot slot = instance.jobs.find(row.id);
    if (slot == JobQueue::kNone) slot = instance.jobs.find(row.pipeline_run_id);
    return slot == JobQueue::kNone ? nullptr : &instance.jobs.job(slot);
}

// Explains what the code of a block waits for, if it waits for the run of another pipeline.
std::string waits_for_run(const Instance& instance, const BlockRun& row, const BlockFacts& block, const Job& job) {
    const RunWait* wait = run_wait_of(instance, row.id);
    if (wait == nullptr) return {};
    std::string text = "it waits for ";
    if (block.block->data_product) text += "global data product `" + block.block->data_product->uuid + "`, made by ";
    const Run* run = instance.store.run(wait->run);
    if (run != nullptr)
        text += "run " + std::to_string(run->id.value) + " of pipeline `" +
                std::string(instance.store.symbols.text(run->pipeline_uuid)) + "`, which is " +
                std::string(name_of(run->status));
    else
        text += wait->run ? "run " + std::to_string(wait->run.value) + ", which was deleted" : "another run";
    for (const Event& event : instance.events.pending())
        if (event.sequence == job.event) text += "; it looks again at " + time_text(instance, event.at);
    return text;
}

std::string why_at_work(const Instance& instance, const BlockRun& row) {
    std::string text = row.dates.started_at() ? "runs since " + time_text(instance, *row.dates.started_at()) : "runs";
    const BlockRunPlace place = locate(instance, row.id);
    const Job* job = job_of(instance, row);
    if (job == nullptr) return text + ": its process is dead, which crash recovery will find; " + next_tick(instance);
    if (place.block == nullptr) return text;
    const std::string attempt =
        "attempt " + std::to_string(job->attempt) + " of " + std::to_string(place.block->block->retry.retries + 1);
    if (const MaybeInstant until = sleeps_until(instance, row))
        return text + ": it sleeps until " + time_text(instance, *until) + " before " + attempt;
    if (const std::string waits = waits_for_run(instance, row, *place.block, *job); !waits.empty())
        return text + ": " + waits;
    if (place.block->sensor && job->polls > 0)
        return text + ": its sensor was not true in " + std::to_string(job->polls) + " polls, and sleeps";
    return text + ": " + attempt;
}

std::string why_ended(const Instance& instance, const BlockRun& row) {
    const auto change = last_change(instance, Subject::block_run, row.id.value, static_cast<std::uint8_t>(row.status));
    const std::string status(name_of(row.status));
    if (!change) return status + " before the record begins";
    const std::string when = status + " at " + time_text(instance, change->at);
    const Run* run = instance.store.run(row.pipeline_run_id);
    if (change->cause == Cause::run_ended && run && is_finished(run->status))
        return when + ", when its run ended, which " + why(instance, run->id);
    return when + ": " + transition_why(instance, *change);
}

}  // namespace

std::string why(const Instance& instance, BlockRunId id) {
    const BlockRun& row = *instance.store.block_run(id);
    switch (row.status) {
        case BlockRunStatus::initial: return why_waiting(instance, row);
        case BlockRunStatus::queued: return why_queued(instance, row);
        case BlockRunStatus::running: return why_at_work(instance, row);
        default: return why_ended(instance, row);
    }
}

MaybeInstant sleeps_until(const Instance& instance, const BlockRun& row) {
    if (row.status != BlockRunStatus::running) return {};
    const Job* job = job_of(instance, row);
    return job != nullptr && instance.now < job->attempt_began ? MaybeInstant(job->attempt_began) : MaybeInstant();
}

}  // namespace runsim
