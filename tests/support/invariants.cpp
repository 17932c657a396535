#include "support/invariants.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "lifecycle/why/why.hpp"

namespace runsim::test {

namespace {

// Which changes of status there may be (lifecycle.md 1.10, 2.1). The step goes on behind the memory guard, which
// cancelled the run: then it may still end otherwise (lifecycle.md 1.4).
bool is_run_change(std::uint8_t from, std::uint8_t to, Cause cause, bool guarded) {
    using enum RunStatus;
    if (from == Transition::kNone) return to == static_cast<std::uint8_t>(initial) || cause == Cause::rows;
    const auto f = static_cast<RunStatus>(from);
    const auto t = static_cast<RunStatus>(to);
    const bool open = f == running || (guarded && f == cancelled);
    switch (cause) {
        case Cause::tick: return (f == initial && t == running) || (open && t == completed);
        case Cause::block_failed: return open && t == failed;
        case Cause::timeout: return open && (t == failed || t == cancelled);
        case Cause::worker: return f == running && t == failed;  // a stream that gives up
        case Cause::init_failed: return f == initial && t == failed;
        case Cause::limit:
        case Cause::previous_running: return f == initial && t == cancelled;
        case Cause::memory: return f == running && t == cancelled;
        case Cause::user:
        case Cause::backfill: return (f == initial || f == running) && t == cancelled;
        case Cause::retry: return t == running || (f == failed && t == initial);
        case Cause::sla: return f == t && (f == initial || f == running);
        default: return false;
    }
}

bool is_block_change(std::uint8_t from, std::uint8_t to, Cause cause) {
    using enum BlockRunStatus;
    if (from == Transition::kNone) return to == static_cast<std::uint8_t>(initial) || cause == Cause::rows;
    const auto f = static_cast<BlockRunStatus>(from);
    const auto t = static_cast<BlockRunStatus>(to);
    switch (cause) {
        case Cause::tick: return f == initial && t == queued;
        case Cause::worker: return t == running ? f == initial || f == queued : t == completed || t == failed;
        case Cause::block_timeout: return f == running && t == failed;
        case Cause::condition: return f == running && t == condition_failed;
        case Cause::upstream: return f == initial && (t == upstream_failed || t == condition_failed);
        case Cause::run_ended: return f <= running && t == cancelled;
        case Cause::recovery: return (f == queued || f == running) && t == initial;
        case Cause::retry: return t == initial;
        default: return false;
    }
}

// A tick starts no run beyond a limit (a retry may).
std::string broken_start(const Instance& instance, RunId id) {
    const Run* run = instance.store.run(id);
    if (run == nullptr) return "";
    const ConcurrencyConfig& limits = pipeline_facts(instance, run->pipeline_uuid)->pipeline->concurrency;
    const auto own = settings_of(instance, *run).pipeline_run_limit;
    const auto limit = own ? own : limits.pipeline_run_limit;
    if (limit && instance.store.running_count(run->pipeline_schedule_id) > *limit)
        return "a run was started beyond pipeline_run_limit";
    std::int64_t all = 0;
    for (const RunId other : instance.store.running_runs())
        all += instance.store.run(other)->pipeline_uuid == run->pipeline_uuid;
    if (limits.pipeline_run_limit_all_triggers && all > *limits.pipeline_run_limit_all_triggers)
        return "a run was started beyond pipeline_run_limit_all_triggers";
    return "";
}

// No block before its upstreams, none beyond the limit, at the moment at which it was queued.
std::string broken_queueing(const Instance& instance, BlockRunId id) {
    const BlockRun* row = instance.store.block_run(id);
    if (row == nullptr || row->status != BlockRunStatus::queued) return "";
    const Run& run = *instance.store.run(row->pipeline_run_id);
    const PipelineFacts& pipeline = *pipeline_facts(instance, run.pipeline_uuid);
    const Block& block = *pipeline.blocks[block_of(instance, pipeline, row->block_uuid)].block;
    std::int64_t active = 0;
    for (const BlockRun& other : instance.store.block_runs_of(run.id)) {
        active += other.status == BlockRunStatus::queued || other.status == BlockRunStatus::running;
        const std::uint32_t index = block_of(instance, pipeline, other.block_uuid);
        const bool above = std::find(block.upstream.begin(), block.upstream.end(), index) != block.upstream.end();
        // Crash recovery and a retry from a block may queue what stands above a block that is queued already.
        const bool first = row->attempts == 0 && other.attempts == 0 && !row->dates.started_at();
        if (above && first && other.status == BlockRunStatus::initial) return "a block was queued before one above it";
    }
    const auto limit = pipeline.pipeline->concurrency.block_run_limit;
    return limit && active > *limit ? "a block was queued beyond block_run_limit" : "";
}

std::string broken_blocks(const Instance& instance, const Run& run) {
    for (const BlockRun& row : instance.store.block_runs_of(run.id)) {
        const std::string name = "block run " + std::to_string(row.id.value) + " ";
        const bool done = row.status == BlockRunStatus::completed;
        if (why(instance, row.id).empty()) return name + "has no reason";
        if (done && !row.dates.completed_at()) return name + "is completed without a completed_at";
        if (row.status == BlockRunStatus::running && !row.dates.started_at())
            return name + "is running without a started_at";
        const bool may_be =
            done || row.status == BlockRunStatus::condition_failed || row.dates.updated_at() > run.updated_at;
        if (run.status == RunStatus::completed && !may_be) return name + "is open in a completed run";
    }
    return "";
}

}  // namespace

std::string Invariants::broken(const Instance& instance) {
    if (instance.now < last_now_) return "the clock went back";
    last_now_ = instance.now;
    if (instance.jobs.running() > instance.project->queue_concurrency) return "more jobs run than there are workers";
    if (instance.next_tick + instance.options.scheduler_interval <= instance.now) return "a tick was left out";
    return broken_transitions(instance);
}

std::string Invariants::broken_transitions(const Instance& instance) {
    const auto& log = instance.transitions;
    for (; seen_ < log.end(); ++seen_) {
        const Transition& t = log[seen_];
        if (t.at < last_transition_ || instance.now < t.at) return "a transition is recorded out of order";
        last_transition_ = t.at;
        const std::string broken = broken_transition(instance, t);
        if (broken.empty()) continue;
        const std::string from(t.from == Transition::kNone ? "nothing" : status_name(t.subject, t.from));
        return broken + ": " + std::string(name_of(t.subject)) + " " + std::to_string(t.id) + " from " + from + " to " +
               std::string(status_name(t.subject, t.to)) + " by " + std::string(name_of(t.cause));
    }
    return "";
}

std::string Invariants::broken_transition(const Instance& instance, const Transition& t) const {
    constexpr std::string_view kNoSuchChange = "there is no such change of status";
    if (t.subject == Subject::run) {
        if (!is_run_change(t.from, t.to, t.cause, has_faults_)) return std::string(kNoSuchChange);
        const bool started = t.cause == Cause::tick && t.to == static_cast<std::uint8_t>(RunStatus::running);
        return started ? broken_start(instance, RunId{t.id}) : "";
    }
    if (t.subject != Subject::block_run) return "";
    if (!is_block_change(t.from, t.to, t.cause)) return std::string(kNoSuchChange);
    const bool queued = t.to == static_cast<std::uint8_t>(BlockRunStatus::queued);
    return queued ? broken_queueing(instance, BlockRunId{t.id}) : "";
}

std::string Invariants::broken_rows(const Instance& instance) {
    const Store& store = instance.store;
    std::set<RunId> running;
    std::map<ScheduleId, std::int64_t> of_schedule;
    for (const Run& run : store.runs()) {
        if (run.status == RunStatus::running) running.insert(run.id);
        if (run.status == RunStatus::running) ++of_schedule[run.pipeline_schedule_id];
        if (why(instance, run.id).empty()) return "run " + std::to_string(run.id.value) + " has no reason";
        const std::string broken = broken_blocks(instance, run);
        if (!broken.empty()) return broken;
    }
    if (std::vector<RunId>(running.begin(), running.end()) != store.running_runs())
        return "the list of running runs is not that of the rows";
    for (const auto& [schedule, count] : of_schedule)
        if (store.running_count(schedule) != count) return "a schedule's count of running runs is not that of the rows";
    return "";
}

}  // namespace runsim::test
