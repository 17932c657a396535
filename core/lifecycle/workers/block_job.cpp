#include "lifecycle/workers/block_job.hpp"

#include <algorithm>

#include "lifecycle/blocks/attempt_duration.hpp"
#include "lifecycle/blocks/behaviour_in_run.hpp"
#include "lifecycle/blocks/dynamic_blocks.hpp"
#include "lifecycle/blocks/retry_delay.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/block_code.hpp"
#include "lifecycle/workers/faults.hpp"
#include "lifecycle/workers/generic_jobs.hpp"
#include "lifecycle/workers/pipeline_process.hpp"

namespace runsim {

namespace {

constexpr Duration kSensorSleep = Duration::seconds(60);

bool is_open(BlockRunStatus status) { return status <= BlockRunStatus::running; }

// Returns whether metrics have content: "{}" is empty.
bool has_content(const json::Text& metrics) { return metrics.has_value() && metrics.json().size() > 2; }

void count_attempts(BlockRun& row, std::uint32_t attempts) {
    row.attempts = static_cast<std::uint16_t>(std::min<std::uint32_t>(row.attempts + attempts, 0xffff));
}

void note(Instance& instance, const BlockRun& row, NoteKind kind, std::uint32_t detail) {
    instance.notes.append(
        {.at = instance.now, .run = row.pipeline_run_id, .block_run = row.id, .detail = detail, .kind = kind});
}

// Plans the next end of an attempt or poll that begins at `from`, or the end of the process if it is going to die.
void plan(Instance& instance, Job& job, JobQueue::Slot slot, Instant from, Duration length) {
    if (instance.options.faults.worker_dies_ppm != 0 && draw_fault(instance, instance.options.faults.worker_dies_ppm)) {
        job.dies = true;
        length = {instance.fault_stream.between(0, std::max<std::int64_t>(length.us, 0))};
    }
    job.event = instance.events.push(from + length, EventKind::attempt_end, slot);
}

BehaviourInRun behaviour_of(const Instance& instance, const PipelineFacts& pipeline, const BlockFacts& block,
                            const BlockRun& row) {
    return behaviour_in_run(instance, pipeline, block, row.pipeline_run_id, row.block_uuid);
}

// Returns the job's current attempt.
Attempt attempt_of(const Job& job, const BlockFacts& block, const BlockRun& row) {
    return {block, row.block_uuid, row.pipeline_run_id, row.attempts + job.attempt};
}

void plan_attempt(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, const BlockFacts& block,
                  const BlockRun& row, Instant from) {
    Job& job = instance.jobs.job(slot);
    job.attempt_began = from;
    job.polls = 0;
    const Duration length =
        is_controller(block, row)
            ? kControllerTime
            : attempt_duration(instance, *behaviour_of(instance, pipeline, block, row), attempt_of(job, block, row));
    plan(instance, job, slot, from, length);
}

// Depends on the run's pipeline: processes for whole runs write no metrics, except for integration pipelines.
bool writes_metrics(const PipelineFacts& pipeline) { return pipeline.integration || !pipeline.one_process; }

// Ends the job, since its block run has ended. A job of a whole run continues with the next block run.
void leave_block(Instance& instance, JobQueue::Slot slot, bool well) {
    if (instance.jobs.job(slot).kind == JobKind::pipeline_run) return block_of_process_ended(instance, slot, well);
    instance.jobs.remove(slot);
}

// lifecycle.md B3. The block run may have any status.
void complete_block(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline) {
    const Job& job = instance.jobs.job(slot);
    const BlockRunId id = job.block_run;
    const std::uint32_t attempts = job.attempt;
    const bool metrics = writes_metrics(pipeline);
    set_status(instance, id, BlockRunStatus::completed, {Cause::worker, attempts}, [&](BlockRun& row, Instant at) {
        row.dates.set_completed_at(at);
        if (metrics && !row.metrics.has_value()) row.metrics = json::Text::empty_object();
        count_attempts(row, attempts);
    });
    leave_block(instance, slot, true);
}

// lifecycle.md B4. Metrics with content stay as they are in the database (lifecycle.md 9.2).
void fail_block(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, const BlockFacts& block,
                const std::string& error) {
    const Job& job = instance.jobs.job(slot);
    const BlockRunId id = job.block_run;
    const std::uint32_t attempts = job.attempt;
    const bool metrics = writes_metrics(pipeline);
    set_status(instance, id, BlockRunStatus::failed, {Cause::worker, attempts}, [&](BlockRun& row, Instant) {
        if (metrics && !has_content(row.metrics))
            row.metrics = error == block.block->model.error ? block.error_metrics
                                                            : error_metrics(*instance.project, *block.block, error);
        count_attempts(row, attempts);
    });
    leave_block(instance, slot, false);
}

void start_block_job(Instance& instance, JobQueue::Slot slot) {
    const BlockRunId id{instance.jobs.job(slot).subject};
    instance.jobs.set_running(slot);
    instance.jobs.job(slot).block_run = id;
    if (!start_block(instance, slot, id)) instance.jobs.remove(slot);
}

// After an attempt that raised `error`: plan another attempt after a sleep, or give up.
void fail_attempt(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, const BlockFacts& block,
                  const BlockRun& row, const std::string& error) {
    Job& job = instance.jobs.job(slot);
    note(instance, row, NoteKind::attempt_failed, job.attempt);
    const auto delay = pipeline.integration ? std::nullopt : retry_delay(block.block->retry, job.attempt, job.slept);
    if (!delay) return fail_block(instance, slot, pipeline, block, error);
    job.slept = job.slept + *delay;
    ++job.attempt;
    plan_attempt(instance, slot, pipeline, block, row, instance.now + *delay);
}

// Returns whether the block is not done and polls again later: a sensor, or a controller without items.
bool polls_again(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, const BlockFacts& block,
                 const BlockRun& row) {
    Job& job = instance.jobs.job(slot);
    if (is_controller(block, row)) {
        if (job.polls + 1 >= controller_polls(instance, pipeline, row)) return false;
        ++job.polls;
        plan(instance, job, slot, instance.now, kControllerSleep);
        return true;
    }
    if (!block.sensor) return false;
    const BehaviourInRun behaviour = behaviour_of(instance, pipeline, block, row);
    const std::int64_t polls = behaviour->polls;
    if (polls != 0 && job.polls + 1 >= polls) return false;
    ++job.polls;
    note(instance, row, NoteKind::sensor_sleeps, job.polls);
    plan(instance, job, slot, instance.now,
         kSensorSleep + attempt_duration(instance, *behaviour, attempt_of(job, block, row)));
    return true;
}

}  // namespace

void start_job(Instance& instance, JobQueue::Slot slot) {
    RUNSIM_ASSERT(instance.jobs.job(slot).state == JobState::waiting, "the job to start waits for a worker");
    switch (instance.jobs.job(slot).kind) {
        case JobKind::block_run: return start_block_job(instance, slot);
        case JobKind::pipeline_run: return start_process(instance, slot);
        case JobKind::generic_job: {
            const GenericJobId id{instance.jobs.job(slot).subject};
            instance.jobs.remove(slot);
            return run_generic_job(instance, id);
        }
    }
}

bool start_block(Instance& instance, JobQueue::Slot slot, BlockRunId id) {
    const BlockRunPlace place = locate(instance, id);
    if (place.block == nullptr || place.run->status != RunStatus::running || !is_open(place.row->status)) return false;

    const PipelineFacts& pipeline = *place.pipeline;
    const BlockFacts& block = *place.block;
    set_status(instance, id, BlockRunStatus::running, {Cause::worker}, [](BlockRun& stored, Instant at) {
        if (!stored.dates.started_at() || has_content(stored.metrics)) stored.dates.set_started_at(at);
    });
    const BlockRun& row = *instance.store.block_run(id);
    if (!block.block->conditionals.empty() && !is_controller(block, row) &&
        !behaviour_of(instance, pipeline, block, row)->condition) {
        set_status(instance, id, BlockRunStatus::condition_failed, {Cause::condition});
        return false;
    }
    Job& job = instance.jobs.job(slot);
    job.since = instance.now;
    job.attempt = 1;
    job.slept = {};
    plan_attempt(instance, slot, pipeline, block, row, instance.now);
    return true;
}

void continue_job(Instance& instance, JobQueue::Slot slot) {
    const Job& job = instance.jobs.job(slot);
    if (!job.block_run) return stream_raised(instance, slot);  // no other process has events without a block
    const BlockRunPlace place = locate(instance, job.block_run);
    if (place.block == nullptr || job.dies) {  // run or pipeline was deleted, or it was killed: write nothing
        ++instance.derived.deaths;
        forget_run_wait(instance, job.block_run);
        if (job.kind == JobKind::pipeline_run) end_process(instance, job.run);
        return instance.jobs.remove(slot);
    }
    const PipelineFacts& pipeline = *place.pipeline;
    const BlockFacts& block = *place.block;
    const BlockRun& row = *place.row;
    const BlockRunId id = row.id;
    if (polls_again(instance, slot, pipeline, block, row)) return;
    if (is_controller(block, row)) {
        spawn_children(instance, pipeline, id);
        return complete_block(instance, slot, pipeline);
    }
    const BehaviourInRun behaviour = behaviour_of(instance, pipeline, block, row);
    if (!attempt_succeeds(instance, *behaviour, attempt_of(job, block, row)))
        return fail_attempt(instance, slot, pipeline, block, row, behaviour->error);
    const CodeStep step = continue_code(instance, row.id, block, *behaviour);
    if (step.sleep) return plan(instance, instance.jobs.job(slot), slot, instance.now, *step.sleep);
    if (!step.error.empty())
        return fail_attempt(instance, slot, pipeline, block, *instance.store.block_run(id), step.error);
    complete_block(instance, slot, pipeline);
}

}  // namespace runsim
