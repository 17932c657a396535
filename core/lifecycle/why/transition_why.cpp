#include "lifecycle/why/transition_why.hpp"

namespace runsim {

namespace {

std::string number(std::uint32_t value) { return std::to_string(value); }
std::string seconds(std::uint32_t value) { return number(value) + (value == 1 ? " second" : " seconds"); }

// "block `load`", or "block run 12" if the row is gone or its id was not recorded.
std::string block_of_run(const Instance& instance, std::uint32_t id) {
    if (id == 0) return "a block";
    const BlockRun* row = instance.store.block_run(BlockRunId{id});
    if (row == nullptr) return "block run " + number(id);
    return "block `" + std::string(instance.store.symbols.text(row->block_uuid)) + "`";
}

std::string trigger_of(const Instance& instance, std::uint32_t id) {
    const Schedule* row = instance.store.schedule(ScheduleId{id});
    const bool named = row != nullptr && row->name && !row->name->empty();
    return "trigger " + number(id) + (named ? " (" + *row->name + ")" : "");
}

bool is_birth(const Transition& t) { return t.from == Transition::kNone && t.subject != Subject::backfill; }
bool is_to(const Transition& t, BlockRunStatus status) {
    return t.subject == Subject::block_run && t.to == static_cast<std::uint8_t>(status);
}
bool is_to(const Transition& t, RunStatus status) {
    return t.subject == Subject::run && t.to == static_cast<std::uint8_t>(status);
}

std::string why_user(const Transition& t) {
    if (is_birth(t)) return "a request made it";
    if (t.subject == Subject::backfill && t.to == static_cast<std::uint8_t>(BackfillStatus::initial))
        return "a request started it";
    if (is_to(t, RunStatus::cancelled) || is_to(t, BlockRunStatus::cancelled)) return "a request cancelled it";
    return "a request set it to " + std::string(status_name(t.subject, t.to));
}

std::string why_backfill(const Transition& t) {
    const std::string backfill = "backfill " + number(t.detail);
    if (is_birth(t)) return backfill + " made it";
    if (is_to(t, RunStatus::cancelled)) return backfill + " was cancelled";
    if (t.subject == Subject::backfill) return "all its runs are completed";
    const bool active = t.subject == Subject::schedule && t.to == static_cast<std::uint8_t>(ScheduleStatus::active);
    return backfill + (active ? " began" : " ended");
}

std::string why_tick(const Instance& instance, const Transition& t) {
    if (t.subject == Subject::backfill) return "the first of its runs was stepped: run " + number(t.detail);
    if (is_birth(t)) return "the scheduler made it with its run";
    if (is_to(t, RunStatus::running)) return "the scheduler started it";
    if (is_to(t, RunStatus::completed)) return "the scheduler found all its blocks finished";
    if (is_to(t, BlockRunStatus::queued)) {
        const BlockRunPlace place = locate(instance, BlockRunId{t.id});
        if (place.block == nullptr) return "the scheduler queued it";
        const bool first = place.block->block->upstream.empty();
        return first ? "the scheduler queued it: no block is above it"
                     : "the scheduler queued it: the blocks above it are done";
    }
    return "the scheduler set it to " + std::string(status_name(t.subject, t.to));
}

std::string why_worker(const Transition& t) {
    if (is_birth(t)) return "a dynamic block above it gave an item for it";
    if (t.subject == Subject::generic_job) {
        const auto to = static_cast<GenericJobStatus>(t.to);
        if (to == GenericJobStatus::running) return "a worker took it";
        return to == GenericJobStatus::completed ? "a worker ran the callbacks of cancelled blocks"
                                                 : "a worker found no callbacks to run";
    }
    if (is_to(t, BlockRunStatus::running)) return "a worker took it";
    if (is_to(t, BlockRunStatus::completed))
        return "its code ended well" + (t.detail > 1 ? " in attempt " + number(t.detail) : std::string());
    const std::string raised = t.subject == Subject::run ? "its process raised" : "its code raised";
    return raised + " in attempt " + number(t.detail) + ", the last one";
}

std::string why_upstream(const Instance& instance, const Transition& t) {
    const std::string block = block_of_run(instance, t.detail);
    return is_to(t, BlockRunStatus::condition_failed) ? "the condition of " + block + " above it was false"
                                                      : block + " above it failed";
}

}  // namespace

std::string transition_why(const Instance& instance, const Transition& t) {
    switch (t.cause) {
        case Cause::user: return why_user(t);
        case Cause::trigger: return trigger_of(instance, t.detail) + " was due";
        case Cause::event: return "an event matched event matcher " + number(t.detail);
        case Cause::backfill: return why_backfill(t);
        case Cause::tick: return why_tick(instance, t);
        case Cause::worker: return why_worker(t);
        case Cause::block_failed:
            if (t.subject == Subject::backfill) return "run " + number(t.detail) + " failed";
            return block_of_run(instance, t.detail) + " failed";
        case Cause::run_ended:
            return t.subject == Subject::generic_job ? "its run ended, and the callbacks of its blocks are still to run"
                                                     : "its run ended";
        case Cause::timeout: return "it had run for more than the " + seconds(t.detail) + " of its trigger's timeout";
        case Cause::block_timeout: return "it had run for more than its timeout of " + seconds(t.detail);
        case Cause::upstream: return why_upstream(instance, t);
        case Cause::condition: return "a conditional block attached to it was false";
        case Cause::limit: return "a run limit was reached, and its pipeline skips runs then";
        case Cause::previous_running:
            return "an earlier run of its trigger was not finished (skip_if_previous_running)";
        case Cause::once_done: return "its only run, " + number(t.detail) + ", ended";
        case Cause::sla: return "it passed its SLA of " + seconds(t.detail);
        case Cause::recovery: return "its process was gone, and crash recovery put it back";
        case Cause::init_failed: return "its block runs could not be made or scheduled";
        case Cause::memory: return "the memory guard stopped it";
        case Cause::retry: return "a retry put it back";
        case Cause::sync: return "the project's files say so";
        case Cause::code: return "the code of " + block_of_run(instance, t.detail) + " started it";
        case Cause::rows: return "the world began with it";
    }
    return "";
}

}  // namespace runsim
