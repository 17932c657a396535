#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"
#include "model/enums.hpp"
#include "model/ids.hpp"

namespace runsim {

// The kind of row whose status changed.
enum class Subject : std::uint8_t { run, block_run, schedule, backfill, generic_job };

// What caused a status change.
enum class Cause : std::uint8_t {
    user,              // a request
    trigger,           // a time trigger was due                               detail: schedule
    event,             // an event matched                                     detail: event matcher
    backfill,          // the start or the end of a backfill                   detail: backfill
    tick,              // the scheduler's ordinary work
    worker,            // the code of a block                                  detail: attempt
    block_failed,      // a block of the run failed                            detail: the block run
    run_ended,         // the run of a block run failed, timed out or was cancelled
    timeout,           // of the run                                           detail: seconds
    block_timeout,     // of the block                                         detail: seconds
    upstream,          // an upstream block or its condition failed            detail: such a block run
    condition,         // a conditional block was false                        detail: its number among the block's
                       // conditionals
    limit,             // a run limit with the policy `skip`
    previous_running,  // skip_if_previous_running
    once_done,         // the run of an @once schedule ended                   detail: the run
    sla,               // the run passed its SLA (its status stays)            detail: seconds
    recovery,          // its job was lost                                     detail: job
    init_failed,       // the run's block runs could not be created or scheduled
    memory,            // the memory guard
    retry,             // a user's retry
    sync,              // triggers.yaml
    code,              // the code of a block called trigger_pipeline, or needs a global data product
                       //                                                        detail: the block run
    rows,              // the world started with the row
};

template <>
struct EnumSpelling<Subject> {
    static constexpr std::string_view type = "subject";
    static constexpr std::array<std::string_view, 5> names = {"run", "block_run", "schedule", "backfill",
                                                              "generic_job"};
};
template <>
struct EnumSpelling<Cause> {
    static constexpr std::string_view type = "cause";
    static constexpr std::array<std::string_view, 23> names = {
        "user",      "trigger", "event",         "backfill",    "tick",      "worker", "block_failed",
        "run_ended", "timeout", "block_timeout", "upstream",    "condition", "limit",  "previous_running",
        "once_done", "sla",     "recovery",      "init_failed", "memory",    "retry",  "sync",
        "code",      "rows"};
};

// A job that the web server leaves to the scheduler. The only kind is cancel_pipeline_run (lifecycle.md 1.7).
enum class GenericJobStatus : std::uint8_t { initial, queued, running, completed, failed };
template <>
struct EnumSpelling<GenericJobStatus> {
    static constexpr std::string_view type = "genericjobstatus";
    static constexpr std::array<std::string_view, 5> names = {"initial", "queued", "running", "completed", "failed"};
};

// One change of a status. `from` and `to` are enumerators of the subject's status. `from` is kNone if the row had no
// status: it was just inserted, or is a backfill that was never started.
struct Transition {
    static constexpr std::uint8_t kNone = 255;

    Instant at;
    std::uint32_t id = 0;      // of the row
    RunId run;                 // of the block run's run; none for schedules and backfills
    std::uint32_t detail = 0;  // see Cause
    Subject subject = Subject::run;
    std::uint8_t from = kNone;
    std::uint8_t to = 0;
    Cause cause = Cause::user;
    friend bool operator==(const Transition&, const Transition&) = default;
};

template <class A>
void archive(A& a, Transition& t) {
    a(t.at, t.id, t.run, t.detail, t.subject, t.from, t.to, t.cause);
}

// Returns the JSON spelling of a status of that subject ("" for kNone).
std::string_view status_name(Subject subject, std::uint8_t status);

}  // namespace runsim
