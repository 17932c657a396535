#include "lifecycle/runs/queue_blocks.hpp"

#include "lifecycle/blocks/mark_unreachable.hpp"
#include "lifecycle/blocks/readiness.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

namespace {

void queue(Instance& instance, RunId run, BlockRow& row) {
    set_status(instance, row.id, BlockRunStatus::queued, {Cause::tick});
    enqueue_job(instance, row.id, run);
    row.status = BlockRunStatus::queued;
}

// lifecycle.md 2.5: queued and running block runs without a live job become initial. Returns how many stay queued or
// running.
std::int64_t recover(Instance& instance, StepRows& rows) {
    std::int64_t active = 0;
    for (BlockRow& row : rows.rows) {
        if (row.status != BlockRunStatus::queued && row.status != BlockRunStatus::running) continue;
        if (instance.jobs.find(row.id) != JobQueue::kNone) {
            ++active;
            continue;
        }
        set_status(instance, row.id, BlockRunStatus::initial, {Cause::recovery});
        row.status = BlockRunStatus::initial;
        row.recovered = true;
    }
    return active;
}

}  // namespace

void queue_blocks(Instance& instance, const PipelineFacts& pipeline, RunId run, StepRows& rows) {
    const StatusCounts& counts = rows.counts;
    if (has_broken_rows(counts) && counts[BlockRunStatus::initial] > 0) mark_unreachable(instance, pipeline, rows);

    const std::int64_t active = recover(instance, rows);
    std::int64_t quota = counts.total;
    if (const auto limit = pipeline.pipeline->concurrency.block_run_limit) quota = *limit - active;
    if (active == counts.total || quota <= 0) return;

    find_done_blocks(pipeline, rows);
    for (const bool recovered : {true, false}) {
        for (BlockRow& row : rows.rows) {
            if (quota <= 0) return;
            if (row.status != BlockRunStatus::initial || row.recovered != recovered) continue;
            if (!recovered && !is_ready(pipeline, rows, row)) continue;
            queue(instance, run, row);
            --quota;
        }
    }
}

}  // namespace runsim
