#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace runsim {

// What a log file says beside what follows from transitions and ticks (lifecycle.md 12.3).
enum class NoteKind : std::uint8_t {
    attempt_failed,   // WARNING in the block's log            detail: the attempt
    sensor_sleeps,    // INFO in the block's log
    run_limit,        // WARNING in scheduler.log
    memory_limit,     // INFO in scheduler.log
    process_dead,     // INFO in scheduler.log                 detail: the job's serial
    callback_ran,     // in the block's log                    detail: its number among the block's callbacks << 8 |
                      // CallbackStatus
    process_started,  // INFO in scheduler.log: one-process and streaming runs
};

struct LogNote {
    Instant at;
    std::uint32_t run = 0;
    std::uint32_t block_run = 0;  // 0: the line is the run's
    std::uint32_t detail = 0;
    NoteKind kind = NoteKind::attempt_failed;
    friend bool operator==(const LogNote&, const LogNote&) = default;
};

template <class A>
void archive(A& a, LogNote& n) {
    a(n.at, n.run, n.block_run, n.detail, n.kind);
}

}  // namespace runsim
