#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "model/enums.hpp"
#include "model/ids.hpp"

namespace runsim {

// What log files say beside what follows from transitions and ticks (lifecycle.md 12.3).
enum class NoteKind : std::uint8_t {
    attempt_failed,     // of a block                        detail: the attempt
    sensor_sleeps,      // detail: how many polls there were
    process_wanted,     // the scheduler starts a process for a whole run
    process_began,      // that process begins
    memory_full,        // the memory guard stops the run
    scheduler_stopped,  // by a request; of no run
    scheduler_started,  // likewise
    run_polled,         // a block's code prints the status of a run it waits for  detail: see polled()
    product_asked,      // a block begins to look after its global data product
    product_started,    // and starts a run of it                                 detail: the run
    product_checked,    // and looks again later                                  detail: how often it has looked
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
    BlockRunId block_run = {};  // none: the line is the run's
    std::uint32_t detail = 0;
    NoteKind kind = NoteKind::attempt_failed;
    friend bool operator==(const LogNote&, const LogNote&) = default;
};

template <class A>
void archive(A& a, LogNote& n) {
    a(n.at, n.run, n.block_run, n.detail, n.kind);
}

}  // namespace runsim
