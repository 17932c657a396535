#include "lifecycle/timeouts.hpp"

#include "lifecycle/workers.hpp"
#include "lifecycle/write.hpp"

namespace runsim {

namespace {

bool passed(Instant now, Instant since, std::int64_t seconds) {
    constexpr std::int64_t kForever = 1'000'000'000'000;  // no clock of ours runs for so long, and it still is a Duration
    return seconds < kForever && Duration::seconds(seconds) < now - since;
}

}  // namespace

bool is_timed_out(const Instance& instance, const Run& run, const ScheduleSettings& settings) {
    return settings.timeout && run.started_at && passed(instance.now, *run.started_at, *settings.timeout);
}

bool time_out_blocks(Instance& instance, const PipelineFacts& pipeline) {
    bool any = false;
    for (const BlockRow& row : instance.derived.rows) {
        if (row.status != BlockRunStatus::running || row.block == PipelineFacts::kNoBlock) continue;
        const auto timeout = pipeline.blocks[row.block].block->timeout;
        const MaybeInstant started = instance.store.block_run(row.id)->started_at;
        if (!timeout || *timeout == 0 || !started || !passed(instance.now, *started, *timeout)) continue;
        any = true;
        const Why why{Cause::block_timeout, static_cast<std::uint32_t>(*timeout)};
        set_status(instance, row.id, BlockRunStatus::failed, why, [](BlockRun& stored, Instant) {
            if (!stored.metrics.has_value()) stored.metrics = json::Text::empty_object();
        });
        kill_job(instance, JobKind::block_run, row.id.value);
    }
    return any;
}

}  // namespace runsim
