#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "lifecycle/instance/generic_job.hpp"
#include "model/ids.hpp"

namespace runsim {

enum class JobKind : std::uint8_t { block_run, pipeline_run, generic_job };

// The subject of a job. The type of its id determines the kind of the job.
struct JobSubject {
    JobKind kind;
    std::uint32_t id;

    constexpr JobSubject(JobKind of, std::uint32_t number) : kind(of), id(number) {}
    constexpr JobSubject(BlockRunId row) : kind(JobKind::block_run), id(row.value) {}  // NOLINT: implicit on purpose
    constexpr JobSubject(RunId run) : kind(JobKind::pipeline_run), id(run.value) {}    // NOLINT: implicit on purpose
    constexpr JobSubject(GenericJobId job)
        : kind(JobKind::generic_job), id(job.value) {}  // NOLINT: implicit on purpose
};

enum class JobState : std::uint8_t {
    queued,   // its start event is pending
    waiting,  // due; it starts when a worker is free
    running,  // has a worker
    lost,     // the fault of lifecycle.md 3.8: queued until the next enqueue
};

// An entry of the process queue (lifecycle.md 3.7, 3.8).
struct Job {
    std::uint64_t event = 0;    // sequence of its one pending event; 0: none
    Instant since;              // when it was enqueued; when it began, once it runs
    Duration slept;             // total between attempts so far
    std::uint32_t serial = 0;   // 1, 2, ... in the order of enqueueing; 0: the slot is free
    std::uint32_t subject = 0;  // the block run, run or generic job
    RunId run;                  // the run that it works for
    std::uint32_t attempt = 0;  // of the block's code in this process, from 1
    std::uint32_t polls = 0;    // of a sensor (or of a child controller that waits for items) in this attempt
    BlockRunId block_run;       // the one being executed
    JobKind kind = JobKind::block_run;
    JobState state = JobState::queued;
    bool dies = false;      // its event ends its process
    Instant attempt_began;  // may be in the future, after the sleep

    JobSubject what() const { return {kind, subject}; }
};

template <class A>
void archive(A& a, Job& j) {
    a(j.event, j.since, j.slept, j.serial, j.subject, j.run, j.attempt, j.polls, j.block_run, j.kind, j.state, j.dies,
      j.attempt_began);
}

// The live jobs, each in a slot that events refer to. First in, first out. It only stores them; workers/ runs them.
class JobQueue {
public:
    using Slot = std::uint32_t;
    static constexpr Slot kNone = 0xffffffff;

    // Returns the live job of `subject`, or kNone.
    Slot find(JobSubject subject) const;
    // Adds a job in state `queued`. There must not be one for `subject` yet.
    Slot enqueue(JobSubject subject, RunId run, Instant at);
    Job& job(Slot slot);
    const Job& job(Slot slot) const;
    // Returns the slot's job if `sequence` is the event that it waits for, else nullptr: the event is void.
    Job* due(Slot slot, std::uint64_t sequence);
    // Removes a job in any state.
    void remove(Slot slot);

    void set_running(Slot slot);
    void set_waiting(Slot slot);  // behind the others that wait
    void set_lost(Slot slot);
    Slot first_waiting();  // kNone if there is none
    // Returns the lost job with the lowest serial, or kNone.
    Slot first_lost() const;
    std::int64_t running() const { return running_; }
    std::int64_t alive() const { return alive_; }
    // All slots, for loops over live jobs. Slots with serial 0 are free.
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
    // Returns the place of the subject's job in the table, or the empty place where it would go.
    std::size_t place_of(JobSubject subject) const;
    void grow();
    std::vector<std::pair<Slot, std::uint32_t>> waiting() const;  // live ones, in order
    bool restore();  // derives the rest from the saved part; false if that is inconsistent

    std::vector<Job> slots_;
    std::vector<Slot> free_;
    std::vector<std::pair<Slot, std::uint32_t>>
        waiting_;  // slot and serial, from waiting_head_ on; dead ones stay until reached
    std::uint32_t last_serial_ = 0;
    // Derived: an open hash table from kind and subject to slots, and counts.
    std::vector<Slot> table_;
    std::size_t waiting_head_ = 0;
    std::int64_t running_ = 0;
    std::int64_t alive_ = 0;
};

}  // namespace runsim
