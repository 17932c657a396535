#include "lifecycle/run_block.hpp"

#include <algorithm>
#include <limits>

#include "lifecycle/attempts.hpp"
#include "lifecycle/dynamic_blocks.hpp"
#include "lifecycle/generic_jobs.hpp"
#include "lifecycle/write.hpp"

namespace runsim {

namespace {

constexpr Duration kSensorSleep = Duration::seconds(60);

bool is_open(BlockRunStatus status) { return status <= BlockRunStatus::running; }

// Metrics that hold something: "{}" is empty.
bool has_content(const json::Text& metrics) { return metrics.has_value() && metrics.json().size() > 2; }

void plan_attempt(Instance& instance, JobQueue::Slot slot, const BlockFacts& block, const BlockRun& row, Instant from) {
    Job& job = instance.jobs.job(slot);
    job.attempt_began = from;
    job.polls = 0;
    const Duration length =
        is_controller(block, row)
            ? kControllerTime
            : attempt_duration(instance, block, row.block_uuid, row.pipeline_run_id, row.attempts + job.attempt);
    job.event = instance.events.push(from + length, EventKind::attempt_end, slot);
}

// B3.
void complete_block(Instance& instance, JobQueue::Slot slot, const PipelineFacts& pipeline, const BlockFacts& block) {
    const Job& job = instance.jobs.job(slot);
    const BlockRunId id{job.subject};
    const std::uint32_t attempts = job.attempt;
    instance.jobs.remove(slot);
    if (is_controller(block, *instance.store.block_run(id))) spawn_children(instance, pipeline, id);
    set_status(instance, id, BlockRunStatus::completed, {Cause::worker, attempts}, [&](BlockRun& row, Instant at) {
        row.completed_at = at;
        if (!row.metrics.has_value()) row.metrics = json::Text::empty_object();
        row.attempts = static_cast<std::uint16_t>(std::min<std::uint32_t>(row.attempts + attempts, 0xffff));
    });
}

// B4. Metrics that hold something already stay as they are in the database (lifecycle.md 9.2).
void fail_block(Instance& instance, JobQueue::Slot slot, const BlockFacts& block) {
    const Job& job = instance.jobs.job(slot);
    const BlockRunId id{job.subject};
    const std::uint32_t attempts = job.attempt;
    instance.jobs.remove(slot);
    set_status(instance, id, BlockRunStatus::failed, {Cause::worker, attempts}, [&](BlockRun& row, Instant) {
        if (!has_content(row.metrics)) row.metrics = block.error_metrics;
        row.attempts = static_cast<std::uint16_t>(std::min<std::uint32_t>(row.attempts + attempts, 0xffff));
    });
}

void begin_block_job(Instance& instance, JobQueue::Slot slot) {
    const Job& job = instance.jobs.job(slot);
    const Run* run = instance.store.run(RunId{job.run});
    const BlockRunId id{job.subject};
    const BlockRun* row = instance.store.block_run(id);
    const PipelineFacts* pipeline = run == nullptr ? nullptr : pipeline_facts(instance, run->pipeline_uuid);
    const bool wanted =
        pipeline != nullptr && run->status == RunStatus::running && row != nullptr && is_open(row->status);
    const std::uint32_t index = wanted ? block_of(instance, *pipeline, row->block_uuid) : PipelineFacts::kNoBlock;
    if (index == PipelineFacts::kNoBlock) return instance.jobs.remove(slot);

    const BlockFacts& block = pipeline->blocks[index];
    instance.jobs.set_running(slot);
    set_status(instance, id, BlockRunStatus::running, {Cause::worker}, [](BlockRun& stored, Instant at) {
        if (!stored.started_at || has_content(stored.metrics)) stored.started_at = at;
    });
    row = instance.store.block_run(id);
    if (!block.block->conditionals.empty() && !block.block->model.condition && !is_controller(block, *row)) {
        instance.jobs.remove(slot);
        set_status(instance, id, BlockRunStatus::condition_failed, {Cause::condition});
        return;
    }
    Job& begun = instance.jobs.job(slot);
    begun.since = instance.now;
    begun.attempt = 1;
    plan_attempt(instance, slot, block, *row, instance.now);
}

void go_on_with_block(Instance& instance, JobQueue::Slot slot) {
    Job& job = instance.jobs.job(slot);
    const BlockRun* row = instance.store.block_run(BlockRunId{job.subject});
    const Run* run = row == nullptr ? nullptr : instance.store.run(row->pipeline_run_id);
    if (run == nullptr) return instance.jobs.remove(slot);  // deleted meanwhile; nothing is left to write to
    const PipelineFacts& pipeline = *pipeline_facts(instance, run->pipeline_uuid);
    const BlockFacts& block = pipeline.blocks[block_of(instance, pipeline, row->block_uuid)];
    const BlockModel& model = block.block->model;

    if (is_controller(block, *row)) {
        if (job.polls + 1 < controller_polls(instance, pipeline, *row)) {
            ++job.polls;
            job.event = instance.events.push(instance.now + kControllerSleep, EventKind::attempt_end, slot);
            return;
        }
        return complete_block(instance, slot, pipeline, block);
    }
    if (block.sensor && (model.polls == 0 || job.polls + 1 < model.polls)) {
        ++job.polls;
        instance.notes.append({instance.now, run->id.value, row->id.value, job.polls, NoteKind::sensor_sleeps});
        const Duration length =
            attempt_duration(instance, block, row->block_uuid, run->id, row->attempts + job.attempt);
        job.event = instance.events.push(instance.now + kSensorSleep + length, EventKind::attempt_end, slot);
        return;
    }
    if (attempt_succeeds(model, row->attempts + job.attempt)) return complete_block(instance, slot, pipeline, block);

    instance.notes.append({instance.now, run->id.value, row->id.value, job.attempt, NoteKind::attempt_failed});
    const auto delay = retry_delay(block.block->retry, job.attempt, job.slept);
    if (!delay) return fail_block(instance, slot, block);
    job.slept = job.slept + *delay;
    ++job.attempt;
    plan_attempt(instance, slot, block, *row, instance.now + *delay);
}

}  // namespace

void begin_job(Instance& instance, JobQueue::Slot slot) {
    switch (instance.jobs.job(slot).kind) {
        case JobKind::block_run:
            return begin_block_job(instance, slot);
        case JobKind::pipeline_run:
            return instance.jobs.remove(slot);
        case JobKind::generic_job: {
            const std::uint32_t id = instance.jobs.job(slot).subject;
            instance.jobs.remove(slot);
            return run_generic_job(instance, id);
        }
    }
}

void go_on(Instance& instance, JobQueue::Slot slot) { go_on_with_block(instance, slot); }

}  // namespace runsim
