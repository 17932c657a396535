#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace runsim {

// The order of events at one instant: work that ends at an instant has ended before the tick of that instant looks at
// it.
enum class EventKind : std::uint8_t {
    fault,        // something goes wrong                             subject: index of the planned fault
    attempt_end,  // a block's attempt ends, well or badly            subject: slot of the job
    job_start,    // a worker takes a queued job                      subject: slot of the job
    tick,         // the scheduler's loop                             subject: -
};

struct Event {
    Instant at;
    EventKind kind = EventKind::tick;
    std::uint64_t sequence = 0;  // of the push, from 1: the last key of the order
    std::uint32_t subject = 0;
    friend auto operator<=>(const Event&, const Event&) = default;
};

template <class A>
void archive(A& a, Event& e) {
    a(e.at, e.kind, e.sequence, e.subject);
}

// Pending events, earliest first.
class EventQueue {
public:
    // Returns the event's sequence.
    std::uint64_t push(Instant at, EventKind kind, std::uint32_t subject = 0);
    bool empty() const { return heap_.empty(); }
    const Event& top() const;
    Event pop();
    // Returns the instant of the event after the top, or kLastInstant if there is none.
    Instant second_at() const;
    // Replaces the top by an event of the same kind and subject, as the last of so many repetitions. Returns its
    // sequence.
    std::uint64_t repeat_top(Instant at, std::uint64_t times = 1);
    const std::vector<Event>& pending() const { return heap_; }  // in no useful order

    template <class A>
    friend void archive(A& a, EventQueue& queue) {
        a(queue.heap_, queue.sequence_);
    }

private:
    void sift_down(std::size_t hole, const Event& event);

    std::vector<Event> heap_;  // a binary heap
    std::uint64_t sequence_ = 0;
};

}  // namespace runsim
