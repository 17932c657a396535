#pragma once

#include <cstdint>

#include "base/time.hpp"
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
};

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
