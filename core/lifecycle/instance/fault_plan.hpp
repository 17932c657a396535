#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace runsim {

// Failures beyond those of blocks. Off unless a project enables them.
enum class FaultKind : std::uint8_t {
    workers_die,      // every process that runs a block dies; the next tick's crash recovery notices (lifecycle.md 2.5)
    job_lost,         // the next enqueued job is lost until another one is enqueued (lifecycle.md 3.8)
    scheduler_stops,  // no tick for `length`; running jobs die, the queue's memory is lost (lifecycle.md 3.1)
    memory_full,      // for `length` the memory guard stops each run at its next step (lifecycle.md 1.4)
    server_late,      // for `length` the server answers `late` after the request
    server_errors,    // for `length` it answers with an error of its own (HTTP 500, no body)
    server_silent,    // for `length` it does not answer at all
};

struct PlannedFault {
    FaultKind kind = FaultKind::workers_die;
    Instant at;
    Duration length;  // only for kinds that last
    Duration late;
    friend bool operator==(const PlannedFault&, const PlannedFault&) = default;
};

struct Faults {
    std::uint32_t worker_dies_ppm = 0;  // chance, in millionths, that an attempt of a block kills its process
    std::uint32_t job_lost_ppm = 0;     // chance that a job is lost when it is enqueued
    std::vector<PlannedFault> planned;  // by time

    bool can_lose_jobs() const { return job_lost_ppm != 0 || !planned.empty(); }
    friend bool operator==(const Faults&, const Faults&) = default;
};

template <class A>
void archive(A& a, PlannedFault& f) {
    a(f.kind, f.at, f.length, f.late);
}
template <class A>
void archive(A& a, Faults& f) {
    a(f.worker_dies_ppm, f.job_lost_ppm, f.planned);
}

}  // namespace runsim
