#include "lifecycle/runs/timeouts.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

Instant timeout_instant(Instant since, std::int64_t seconds) {
    constexpr std::int64_t kForever = 100'000'000'000;  // no clock here runs that long
    return since + Duration::seconds(std::clamp(seconds, -kForever, kForever));
}

MaybeInstant timeout_instant(const Run& run, const ScheduleSettings& settings) {
    if (!settings.timeout || !run.started_at) return {};
    return timeout_instant(*run.started_at, *settings.timeout);
}

MaybeInstant timeout_instant(const BlockRun& row, const Block& block) {
    const std::int64_t timeout = block.timeout.value_or(0);
    if (timeout == 0 || !row.dates.started_at()) return {};
    return timeout_instant(*row.dates.started_at(), timeout);
}

bool is_timed_out(const Instance& instance, const Run& run, const ScheduleSettings& settings) {
    const MaybeInstant last = timeout_instant(run, settings);
    return last && instance.now > *last;
}

bool time_out_blocks(Instance& instance, const PipelineFacts& pipeline, const StepRows& rows) {
    bool any = false;
    for (const BlockRow& row : rows.rows) {
        if (row.status != BlockRunStatus::running || row.block == PipelineFacts::kNoBlock) continue;
        const Block& block = *pipeline.blocks[row.block].block;
        const MaybeInstant last = timeout_instant(*instance.store.block_run(row.id), block);
        if (!last || instance.now <= *last) continue;
        any = true;
        const Why why{Cause::block_timeout, static_cast<std::uint32_t>(*block.timeout)};
        set_status(instance, row.id, BlockRunStatus::failed, why, [](BlockRun& stored, Instant) {
            if (!stored.metrics.has_value()) stored.metrics = json::Text::empty_object();
        });
        kill_job(instance, row.id);
    }
    return any;
}

}  // namespace runsim
