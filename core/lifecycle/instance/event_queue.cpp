#include "lifecycle/instance/event_queue.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace runsim {

namespace {

bool earlier(const Event& a, const Event& b) {
    if (a.at != b.at) return a.at < b.at;
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.sequence < b.sequence;
}

}  // namespace

std::uint64_t EventQueue::push(Instant at, EventKind kind, std::uint32_t subject) {
    const Event event{at, kind, ++sequence_, subject};
    std::size_t hole = heap_.size();
    heap_.push_back(event);
    for (; hole > 0 && earlier(event, heap_[(hole - 1) / 2]); hole = (hole - 1) / 2)
        heap_[hole] = heap_[(hole - 1) / 2];
    heap_[hole] = event;
    return event.sequence;
}

const Event& EventQueue::top() const {
    RUNSIM_ASSERT(!heap_.empty(), "the top of a queue that holds an event");
    return heap_.front();
}

void EventQueue::sift_down(std::size_t hole, const Event& event) {
    const std::size_t size = heap_.size();
    for (std::size_t child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && earlier(heap_[child + 1], heap_[child])) ++child;
        if (!earlier(heap_[child], event)) break;
        heap_[hole] = heap_[child];
        hole = child;
    }
    heap_[hole] = event;
}

Event EventQueue::pop() {
    const Event first = top();
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(0, last);
    return first;
}

Instant EventQueue::second_at() const {
    Instant second = kLastInstant;
    for (std::size_t child = 1; child < heap_.size() && child <= 2; ++child) second = std::min(second, heap_[child].at);
    return second;
}

std::uint64_t EventQueue::repeat_top(Instant at, std::uint64_t times) {
    sequence_ += times;
    const Event event{at, top().kind, sequence_, top().subject};
    sift_down(0, event);
    return event.sequence;
}

}  // namespace runsim
