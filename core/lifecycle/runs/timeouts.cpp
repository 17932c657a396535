#include "lifecycle/runs/timeouts.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/workers/workers.hpp"

namespace runsim {

Instant timeout_instant(Instant since, std::int64_t seconds) {
    constexpr std::int64_t kForever = 100'000'000'000;  // no clock of ours runs for so long
    return since + Duration::seconds(std::clamp(seconds, -kForever, kForever));
}

bool is_timed_out(const Instance& instance, const Run& run, const ScheduleSettings& settings) {
    return settings.timeout && run.started_at && instance.now > timeout_instant(*run.started_at, *settings.timeout);
}

bool time_out_blocks(Instance& instance, const PipelineFacts& pipeline) {
    bool any = false;
    for (const BlockRow& row : instance.derived.rows) {
        if (row.status != BlockRunStatus::running || row.block == PipelineFacts::kNoBlock) continue;
        const auto timeout = pipeline.blocks[row.block].block->timeout;
        const MaybeInstant started = instance.store.block_run(row.id)->started_at;
        if (!timeout || *timeout == 0 || !started || instance.now <= timeout_instant(*started, *timeout)) continue;
        any = true;
        const Why why{Cause::block_timeout, static_cast<std::uint32_t>(*timeout)};
        set_status(instance, row.id, BlockRunStatus::failed, why, [](BlockRun& stored, Instant) {
            if (!stored.metrics.has_value()) stored.metrics = json::Text::empty_object();
        });
        kill_job(instance, row.id);
    }
    return any;
}

}  // namespace runsim
