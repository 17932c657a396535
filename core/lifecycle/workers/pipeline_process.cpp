#include "lifecycle/workers/pipeline_process.hpp"

#include <algorithm>

#include "lifecycle/blocks/block_rows.hpp"
#include "lifecycle/blocks/mark_unreachable.hpp"
#include "lifecycle/blocks/readiness.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/block_job.hpp"
#include "lifecycle/workers/jobs.hpp"
#include "lifecycle/workers/streaming_run.hpp"

namespace runsim {

namespace {

PipelineProcess* process_of(Instance& instance, RunId run) {
    const auto found = std::find_if(instance.processes.begin(), instance.processes.end(),
                                    [&](const PipelineProcess& process) { return process.run == run; });
    return found == instance.processes.end() ? nullptr : &*found;
}

void end_job(Instance& instance, JobQueue::Slot slot) {
    end_process(instance, instance.jobs.job(slot).run);
    instance.jobs.remove(slot);
}

// The block runs that can be executed now. An integration pipeline runs them one after another in row order.
std::vector<BlockRunId> next_wave(Instance& instance, const PipelineFacts& pipeline, RunId run) {
    StepRows rows;
    read_block_rows(instance, pipeline, run, rows);
    if (has_broken_rows(rows.counts)) mark_unreachable(instance, pipeline, rows);
    find_done_blocks(pipeline, rows);
    std::vector<BlockRunId> wave;
    for (const BlockRow& row : rows.rows) {
        if (row.status != BlockRunStatus::initial) continue;
        if (pipeline.integration || is_ready(pipeline, rows, row)) wave.push_back(row.id);
    }
    std::reverse(wave.begin(), wave.end());
    return wave;
}

// lifecycle.md 2.1 B11: cleans up after a failed block of a stream.
void give_up_stream(Instance& instance, PipelineProcess& process, BlockRunId failed) {
    while (!process.wave.empty()) {
        set_status(instance, process.wave.back(), BlockRunStatus::upstream_failed, {Cause::upstream, failed.value});
        process.wave.pop_back();
    }
}

// Executes the next block run, or ends the process if there is none.
void go_on_with_wave(Instance& instance, JobQueue::Slot slot) {
    const RunId id = instance.jobs.job(slot).run;
    for (;;) {
        const Run* run = instance.store.run(id);
        PipelineProcess* process = process_of(instance, id);
        const PipelineFacts* pipeline = pipeline_facts(instance, run);
        // A run that is no longer running (its backfill was cancelled) ends its process between two blocks.
        if (pipeline == nullptr || process == nullptr || run->status != RunStatus::running)
            return end_job(instance, slot);
        if (process->wave.empty()) {
            if (process->failed || pipeline->integration) return end_job(instance, slot);
            process->wave = next_wave(instance, *pipeline, id);
            if (process->wave.empty()) return end_job(instance, slot);
        }
        const BlockRunId row = process->wave.back();
        process->wave.pop_back();
        instance.jobs.job(slot).block_run = row;
        if (start_block(instance, slot, row)) return;  // an event will end it
    }
}

// lifecycle.md 2.13, with the default of the server's DEFAULT_EXECUTOR_TYPE.
std::string_view executor_of(const Pipeline& pipeline) {
    if (!pipeline.executor_type.empty()) return pipeline.executor_type;
    return pipeline.type == "pyspark" ? "pyspark" : "local_python";
}

}  // namespace

void ensure_process(Instance& instance, RunId run, std::span<const BlockRow> rows) {
    if (instance.jobs.find(run) != JobQueue::kNone) return;
    for (const BlockRow& row : rows) {
        if (row.status != BlockRunStatus::queued && row.status != BlockRunStatus::running) continue;
        set_status(instance, row.id, BlockRunStatus::initial, {Cause::recovery});
    }
    instance.notes.append({.at = instance.now, .run = run, .kind = NoteKind::process_wanted});
    enqueue_job(instance, run, run);
}

void start_process(Instance& instance, JobQueue::Slot slot) {
    const RunId id = instance.jobs.job(slot).run;
    const Run* run = instance.store.run(id);
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (pipeline == nullptr || run->status != RunStatus::running) return instance.jobs.remove(slot);
    instance.jobs.set_running(slot);
    instance.jobs.job(slot).since = instance.now;
    instance.jobs.job(slot).event = 0;
    instance.notes.append({.at = instance.now, .run = id, .kind = NoteKind::process_began});
    const std::string_view executor = executor_of(*pipeline->pipeline);
    if (instance.store.symbols.text(run->executor_type) != executor) {
        const Symbol symbol = instance.store.symbols.intern(executor);
        write(instance, id, [symbol](Run& row) { row.executor_type = symbol; });
    }
    if (pipeline->streaming) return start_stream(instance, slot, *pipeline);
    instance.processes.push_back({.run = id});
    if (pipeline->integration) instance.processes.back().wave = next_wave(instance, *pipeline, id);
    go_on_with_wave(instance, slot);
}

void block_of_process_ended(Instance& instance, JobQueue::Slot slot, bool well) {
    const Job& job = instance.jobs.job(slot);
    PipelineProcess* process = process_of(instance, job.run);
    const Run* run = instance.store.run(job.run);
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (!well && process != nullptr && pipeline != nullptr) {
        process->failed = true;
        if (pipeline->integration) {
            if (settings_of(instance, *run).allow_blocks_to_fail) {
                give_up_stream(instance, *process, job.block_run);
            } else {
                process->wave.clear();
            }
        }
    }
    go_on_with_wave(instance, slot);
}

void end_process(Instance& instance, RunId run) {
    std::erase_if(instance.processes, [&](const PipelineProcess& process) { return process.run == run; });
}

}  // namespace runsim
