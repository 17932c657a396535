#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "model/enums.hpp"
#include "model/ids.hpp"

namespace runsim {

// Entries of log files that do not follow from transitions and ticks (lifecycle.md 12.3).
enum class NoteKind : std::uint8_t {
    attempt_failed,     // a block's attempt failed          detail: the attempt
    sensor_sleeps,      // detail: the number of polls
    process_wanted,     // the scheduler starts a process for a whole run
    process_began,      // that process begins
    memory_full,        // the memory guard stops the run
    scheduler_stopped,  // by a request; has no run
    scheduler_started,  // likewise
    run_polled,         // a block's code prints the status of a run it waits for  detail: see polled()
    product_asked,      // a block begins to check its global data product
    product_started,    // it starts a run of the product                         detail: the run
    product_checked,    // it will check again later                              detail: the number of checks
};

// The detail of NoteKind::run_polled.
constexpr std::uint32_t polled(RunId run, RunStatus status) {
    return run.value << 3 | static_cast<std::uint32_t>(status);
}
constexpr RunId polled_run(std::uint32_t detail) { return RunId{detail >> 3}; }
constexpr RunStatus polled_status(std::uint32_t detail) { return static_cast<RunStatus>(detail & 7); }

struct LogNote {
    Instant at;
    RunId run = {};
    BlockRunId block_run = {};  // none: the line belongs to the run
    std::uint32_t detail = 0;
    NoteKind kind = NoteKind::attempt_failed;
    friend bool operator==(const LogNote&, const LogNote&) = default;
};

template <class A>
void archive(A& a, LogNote& n) {
    a(n.at, n.run, n.block_run, n.detail, n.kind);
}

}  // namespace runsim
