#include "lifecycle/runs/end_run.hpp"

#include <algorithm>

#include "lifecycle/cron/interval.hpp"
#include "lifecycle/rows/latest_runs.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/timeouts.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

namespace {

void end_schedule(Instance& instance, RunId run) {
    const Schedule* schedule = instance.store.schedule(instance.store.run(run)->pipeline_schedule_id);
    if (schedule == nullptr) return;
    const ScheduleId id = schedule->id;
    if (const Backfill* backfill = instance.store.first_backfill(id)) {
        if (!all_latest_runs_completed(instance.store, id)) return;
        const Why why{Cause::backfill, backfill->id.value};
        set_status(instance, backfill->id, BackfillStatus::completed, why,
                   [](Backfill& row, Instant at) { row.completed_at = at; });
        if (schedule->status != ScheduleStatus::inactive) set_status(instance, id, ScheduleStatus::inactive, why);
        return;
    }
    if (schedule->status == ScheduleStatus::active && schedule->schedule_type == ScheduleType::time &&
        interval_of(*schedule) == Interval::once)
        set_status(instance, id, ScheduleStatus::inactive, {Cause::once_done, run.value});
}

// lifecycle.md 1.5.
bool all_finished(const StatusCounts& counts, bool allow_blocks_to_fail) {
    std::uint32_t finished = counts[BlockRunStatus::completed] + counts[BlockRunStatus::condition_failed];
    if (allow_blocks_to_fail) finished += counts[BlockRunStatus::failed] + counts[BlockRunStatus::upstream_failed];
    return finished == counts.total;
}

// Ends a run whose block runs are all finished. `any_failed`: at least one failed.
void complete_run(Instance& instance, RunId id, bool any_failed) {
    const RunStatus status = any_failed ? RunStatus::failed : RunStatus::completed;
    const Why why{any_failed ? Cause::block_failed : Cause::tick};
    set_status(instance, id, status, why, [](Run& row, Instant at) { row.completed_at = at; });
    if (any_failed) abandon_blocks(instance, id);
    end_schedule(instance, id);
}

// Ends a run in which a block failed, where failures are not allowed.
void fail_run(Instance& instance, RunId id, const StepRows& rows) {
    const auto failed = std::find_if(rows.rows.begin(), rows.rows.end(),
                                     [](const BlockRow& row) { return row.status == BlockRunStatus::failed; });
    RUNSIM_ASSERT(failed != rows.rows.end(), "a run fails of a failed block run");
    set_status(instance, id, RunStatus::failed, {Cause::block_failed, failed->id.value});
    const ScheduleId schedule = instance.store.run(id)->pipeline_schedule_id;
    const Backfill* backfill = instance.store.first_backfill(schedule);
    if (backfill != nullptr && backfill->status != BackfillStatus::failed &&
        any_latest_run_failed(instance.store, schedule))
        set_status(instance, backfill->id, BackfillStatus::failed, {Cause::block_failed, id.value});
    abandon_blocks(instance, id);
}

void time_out_run(Instance& instance, RunId id, const ScheduleSettings& settings) {
    // The real server writes any text into the row (lifecycle.md 1.8). Here a text that is not a status counts as
    // absent.
    const auto status = settings.timeout_status ? enum_of<RunStatus>(*settings.timeout_status) : std::nullopt;
    set_status(instance, id, status.value_or(RunStatus::failed),
               {Cause::timeout, static_cast<std::uint32_t>(*settings.timeout)});
    abandon_blocks(instance, id);
}

}  // namespace

bool end_if_over(Instance& instance, const Run& run, const ScheduleSettings& settings, const StepRows& rows) {
    const RunId id = run.id;
    const bool any_failed = rows.counts[BlockRunStatus::failed] > 0;
    if (all_finished(rows.counts, settings.allow_blocks_to_fail)) {
        complete_run(instance, id, any_failed);
    } else if (is_timed_out(instance, run, settings)) {
        time_out_run(instance, id, settings);
    } else if (any_failed && !settings.allow_blocks_to_fail) {
        fail_run(instance, id, rows);
    } else {
        return false;
    }
    return true;
}

void abandon_blocks(Instance& instance, RunId id) {
    const Run& run = *instance.store.run(id);
    const PipelineFacts* pipeline = pipeline_facts(instance, &run);
    GenericJob job;
    job.run = id;
    std::vector<BlockRunId> ran;
    for (const BlockRun& row : instance.store.block_runs_of(id)) {
        if (row.status > BlockRunStatus::running) continue;
        job.block_runs.push_back(row.id);
        if (row.status == BlockRunStatus::running) ran.push_back(row.id);
    }
    if (!job.block_runs.empty()) {
        const Instant at = instance.moment();
        for (const BlockRunId row : job.block_runs)
            set_status_at(instance, at, row, BlockRunStatus::cancelled, {Cause::run_ended});
    }
    if (pipeline != nullptr && (pipeline->streaming || pipeline->integration || pipeline->one_process)) {
        kill_job(instance, id);
    } else {
        for (const BlockRunId row : ran) kill_job(instance, row);
    }
    job.id = GenericJobId{++instance.last_generic_job};
    record(instance, job, Transition::kNone, instance.now, {Cause::run_ended});
    instance.generic_jobs.push_back(std::move(job));
}

}  // namespace runsim
