#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace runsim {

enum class JobKind : std::uint8_t { block_run, pipeline_run, generic_job };

enum class JobState : std::uint8_t {
    queued,   // its start event is still to come
    waiting,  // due; it starts when a worker is free
    running,  // has a worker
    lost,     // the fault of lifecycle.md 3.8: queued until the next enqueue
};

// An entry of the process queue (lifecycle.md 3.7, 3.8).
struct Job {
    std::uint64_t event = 0;      // sequence of the one event that is meant for it; 0: none
    Instant since;                // when it was enqueued; when it began, once it runs
    Duration slept;               // between attempts so far
    std::uint32_t serial = 0;     // 1, 2, ... in the order of enqueueing; 0: the slot is free
    std::uint32_t subject = 0;    // the block run, run or generic job
    std::uint32_t run = 0;        // whose work it is; 0 for none
    std::uint32_t attempt = 0;    // of the block's code in this process, from 1
    std::uint32_t polls = 0;      // of a sensor (or of a child controller that waits for items) in this attempt
    std::uint32_t block_run = 0;  // which it executes now
    JobKind kind = JobKind::block_run;
    JobState state = JobState::queued;
    bool dies = false;      // its event is the end of its process
    Instant attempt_began;  // or will begin, after the sleep
};

template <class A>
void archive(A& a, Job& j) {
    a(j.event, j.since, j.slept, j.serial, j.subject, j.run, j.attempt, j.polls, j.block_run, j.kind, j.state, j.dies,
      j.attempt_began);
}

// The jobs that are alive, each in a slot that events name. First in, first out; it only keeps them: workers.hpp gives
// them life.
class JobQueue {
public:
    using Slot = std::uint32_t;
    static constexpr Slot kNone = 0xffffffff;

    // A job of that kind for that row that is alive, or kNone.
    Slot find(JobKind kind, std::uint32_t subject) const;
    // Adds a job, which must not be there yet, in state `queued`.
    Slot enqueue(JobKind kind, std::uint32_t subject, std::uint32_t run, Instant at);
    Job& job(Slot slot);
    const Job& job(Slot slot) const;
    // The slot's job, if `sequence` names the event that it waits for; else null: the event is void.
    Job* due(Slot slot, std::uint64_t sequence);
    // Ends a job, whatever its state.
    void remove(Slot slot);

    void set_running(Slot slot);
    void set_waiting(Slot slot);  // behind the others that wait
    void set_lost(Slot slot);
    Slot first_waiting();  // kNone: none
    // The lost job with the lowest serial, or kNone.
    Slot first_lost() const;
    std::int64_t running() const { return running_; }
    std::int64_t alive() const { return alive_; }
    // All slots, for looking through what is alive: those with serial 0 are free.
    const std::vector<Job>& slots() const { return slots_; }

    template <class A>
    friend void archive(A& a, JobQueue& queue) {
        std::vector<std::pair<Slot, std::uint32_t>> waiting = queue.waiting();
        a(queue.slots_, queue.free_, waiting, queue.last_serial_);
        if constexpr (A::kLoading) {
            queue.waiting_ = std::move(waiting);
            if (!queue.restore()) a.fail();
        }
    }

private:
    static std::uint64_t key_of(JobKind kind, std::uint32_t subject);
    std::size_t place_of(
        std::uint64_t key) const;  // in the table: where the key is, or the empty place where it would be
    void grow();
    std::vector<std::pair<Slot, std::uint32_t>> waiting() const;  // those that live, in order
    bool restore();  // the derived part from the saved one; false where that makes no sense

    std::vector<Job> slots_;
    std::vector<Slot> free_;
    std::vector<std::pair<Slot, std::uint32_t>>
        waiting_;  // slot and serial, from waiting_head_ on; those that died stay until met
    std::uint32_t last_serial_ = 0;
    // Derived: an open hash table from kind and subject to slots, and counts.
    std::vector<Slot> table_;
    std::size_t waiting_head_ = 0;
    std::int64_t running_ = 0;
    std::int64_t alive_ = 0;
};

}  // namespace runsim
