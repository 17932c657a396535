#include "lifecycle/runs/step_run.hpp"

#include "base/assert.hpp"
#include "lifecycle/blocks/block_rows.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/end_run.hpp"
#include "lifecycle/runs/queue_blocks.hpp"
#include "lifecycle/runs/timeouts.hpp"
#include "lifecycle/workers/faults.hpp"
#include "lifecycle/workers/pipeline_process.hpp"

namespace runsim {

namespace {

// lifecycle.md 1.4 step 4: the first step of a running run sets its schedule's backfill running.
void mark_backfill_running(Instance& instance, const Run& run) {
    const Backfill* backfill = instance.store.first_backfill(run.pipeline_schedule_id);
    if (backfill == nullptr || backfill->status != BackfillStatus::initial || run.status != RunStatus::running) return;
    set_status(instance, backfill->id, BackfillStatus::running, {Cause::tick, run.id.value});
}

// lifecycle.md 1.4 step 2. The rest of the step still runs.
void stop_for_memory(Instance& instance, const Run& run) {
    instance.notes.append({.at = instance.now, .run = run.id, .kind = NoteKind::memory_full});
    cancel_run(instance, run.id, {Cause::memory});
}

constexpr std::size_t kMemos = 1024;

StepMemo& memo_of(Instance& instance, RunId id) {
    std::vector<StepMemo>& memos = instance.derived.steps;
    if (memos.empty()) memos.resize(kMemos);
    return memos[id.value % kMemos];
}

bool has_nothing_to_do(Instance& instance, const Run& run) {
    const StepMemo& memo = memo_of(instance, run.id);
    return memo.run == run.id && memo.revision == run.revision && memo.deaths == instance.derived.deaths &&
           memo.schedules_revision == instance.store.schedules_revision() && instance.now < memo.until;
}

// Called after a step that left block runs queued or running. The next step has nothing to do until one of them ends,
// which changes the run's revision, or a timeout passes. A backfill may be restarted at any time.
void note_step(Instance& instance, const PipelineFacts& pipeline, RunId id, const ScheduleSettings& settings,
               const StepRows& rows) {
    if (!instance.store.backfills().empty()) return;
    bool active = false;
    Instant until = kLastInstant;
    for (const BlockRow& row : rows.rows) {
        if (row.status != BlockRunStatus::queued && row.status != BlockRunStatus::running) continue;
        active = true;
        if (row.status != BlockRunStatus::running || !pipeline.block_timeouts || row.block == PipelineFacts::kNoBlock)
            continue;
        if (pipeline.blocks[row.block].block->timeout) return;
    }
    const Run& run = *instance.store.run(id);
    if (settings.timeout && run.started_at) until = timeout_instant(*run.started_at, *settings.timeout);
    if (active)
        memo_of(instance, id) = {id, run.revision, instance.store.schedules_revision(), instance.derived.deaths, until};
}

}  // namespace

Instant step_quiet_until(Instance& instance, RunId id) {
    const bool memory_may_fill = !instance.options.faults.planned.empty();
    const bool quiet = !memory_may_fill && has_nothing_to_do(instance, *instance.store.run(id));
    return quiet ? memo_of(instance, id).until : kFirstInstant;
}

void step_run(Instance& instance, RunId id) {
    const Run* run = instance.store.run(id);
    RUNSIM_ASSERT(run != nullptr, "the run to step exists");
    const PipelineFacts* pipeline = pipeline_facts(instance, run);
    if (pipeline == nullptr || pipeline->fails_scheduler) return;
    if (!instance.options.faults.planned.empty() && is_memory_full(instance, instance.now)) {
        stop_for_memory(instance, *run);
        run = instance.store.run(id);
    } else if (has_nothing_to_do(instance, *run)) {
        return;
    }
    if (pipeline->streaming) return ensure_process(instance, id, {});
    const ScheduleSettings& settings = kept_settings_of(instance, *run);
    if (!instance.store.backfills().empty()) mark_backfill_running(instance, *run);

    StepRows& rows = instance.derived.step_rows;
    read_block_rows(instance, *pipeline, id, rows);
    if (end_if_over(instance, *run, settings, rows)) return;
    if (pipeline->integration || pipeline->one_process) return ensure_process(instance, id, rows.rows);
    if (pipeline->block_timeouts && time_out_blocks(instance, *pipeline, rows)) return;
    queue_blocks(instance, *pipeline, id, rows);
    note_step(instance, *pipeline, id, settings, rows);
}

}  // namespace runsim
