#include "lifecycle/workers/streaming_run.hpp"

#include <algorithm>

#include "lifecycle/blocks/attempt_duration.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/blocks/retry_delay.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/pipeline_process.hpp"

namespace runsim {

namespace {

PipelineProcess& process_of(Instance& instance, RunId run) {
    auto& all = instance.processes;
    const auto found = std::find_if(all.begin(), all.end(), [run](const PipelineProcess& p) { return p.run == run; });
    if (found != all.end()) return *found;
    all.push_back({.run = run});
    return all.back();
}

// Returns after how long the attempt raises: when the first block in the file whose model fails has taken its time.
// Returns nullopt if none fails.
std::optional<Duration> raises_after(const Instance& instance, const PipelineFacts& pipeline, RunId run,
                                     std::uint32_t number) {
    if (!pipeline.stream_is_sound) return Duration();
    for (const BlockFacts& block : pipeline.blocks) {
        const Attempt attempt{block, block.block->symbol, run, number};
        const BehaviourInRun behaviour = behaviour_in_run(instance, pipeline, block, run, attempt.block_uuid);
        if (!attempt_succeeds(instance, *behaviour, attempt)) return attempt_duration(instance, *behaviour, attempt);
    }
    return std::nullopt;
}

void plan(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, Instant from) {
    Job& job = instance.jobs.job(slot);
    job.attempt_began = from;
    const std::uint32_t number = process_of(instance, job.run).attempts + job.attempt;
    if (const auto length = raises_after(instance, pipeline, job.run, number))
        job.event = instance.events.push(from + *length, EventKind::attempt_end, slot);
}

}  // namespace

void start_stream(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline) {
    instance.jobs.job(slot).attempt = 1;
    plan(instance, slot, pipeline, instance.now);
}

void stream_raised(Instance& instance, JobQueue::Slot slot) {
    Job& job = instance.jobs.job(slot);
    const RunId id = job.run;
    const Run* run = instance.store.run(id);
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (pipeline != nullptr && pipeline->pipeline->retry) {
        if (const auto delay = retry_delay(*pipeline->pipeline->retry, job.attempt, job.slept)) {
            job.slept = job.slept + *delay;
            ++job.attempt;
            return plan(instance, slot, *pipeline, instance.now + *delay);
        }
    }
    const std::uint32_t attempts = job.attempt;
    process_of(instance, id).attempts += attempts;
    instance.jobs.remove(slot);
    const bool gives_up = pipeline != nullptr && pipeline->pipeline->retry && run->status == RunStatus::running;
    if (pipeline == nullptr || gives_up) end_process(instance, id);
    if (gives_up)
        set_status(instance, id, RunStatus::failed, {Cause::worker, attempts},
                   [](Run& row, Instant at) { row.completed_at = at; });
}

}  // namespace runsim
