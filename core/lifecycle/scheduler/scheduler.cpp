#include "lifecycle/scheduler/scheduler.hpp"

#include "lifecycle/scheduler/tick.hpp"

#include <algorithm>

#include "lifecycle/workers/faults.hpp"
#include "lifecycle/workers/jobs.hpp"

namespace runsim {

void start_scheduler(Instance& instance, Instant first) {
    const std::int64_t interval = instance.options.scheduler_interval.us;
    RUNSIM_ASSERT(interval > 0, "ticks are some time apart");
    RUNSIM_ASSERT(instance.events.empty(), "a scheduler starts once");
    std::int64_t behind = (first.us - instance.options.start.us) % interval;
    if (behind > 0) behind -= interval;
    instance.now = first;
    instance.next_tick = {first.us - behind};
    instance.events.push(instance.next_tick, EventKind::tick);
    const auto& faults = instance.options.faults.planned;
    for (std::uint32_t i = 0; i < faults.size(); ++i)
        if (first <= faults[i].at) instance.events.push(faults[i].at, EventKind::fault, i);
}

void stop_scheduler(Instance& instance) {
    instance.no_ticks_before = kLastInstant;
    instance.notes.append({.at = instance.moment(), .kind = NoteKind::scheduler_stopped});
}

void resume_scheduler(Instance& instance) {
    instance.no_ticks_before = kFirstInstant;
    instance.notes.append({.at = instance.moment(), .kind = NoteKind::scheduler_started});
}

bool perform_next_event(Instance& instance, Instant until) {
    EventQueue& events = instance.events;
    if (events.empty() || until < events.top().at) return false;
    // The writes of an earlier event may have moved the clock past this one.
    const Instant at = events.top().at;
    instance.now = std::max(instance.now, at);
    if (events.top().kind == EventKind::tick) {
        instance.next_tick = at + instance.options.scheduler_interval;
        events.repeat_top(instance.next_tick);
        tick(instance);
        return true;
    }
    const Event event = events.pop();
    switch (event.kind) {
        case EventKind::fault: perform_fault(instance, event.subject); break;
        case EventKind::attempt_end: end_attempt(instance, event.subject, event.sequence); break;
        case EventKind::job_start: start_job(instance, event.subject, event.sequence); break;
        case EventKind::tick: break;  // done above
    }
    return true;
}

std::uint64_t perform_quiet_ticks(Instance& instance, Instant until, std::uint64_t most) {
    EventQueue& events = instance.events;
    if (events.empty() || events.top().kind != EventKind::tick) return 0;
    const Instant first = events.top().at;
    if (first < instance.now || first < instance.no_ticks_before) return 0;
    // A tick looks at the world a microsecond after its instant. At one instant it comes after all other events.
    constexpr Duration kMoment = Duration::microseconds(1);
    const Instant last = std::min({until, events.second_at() - kMoment, quiet_until(instance) - kMoment - kMoment});
    if (last < first) return 0;
    const Duration interval = instance.options.scheduler_interval;
    const std::uint64_t count = std::min(most, static_cast<std::uint64_t>((last - first).us / interval.us) + 1);
    if (count == 0) return 0;
    instance.next_tick = first + interval * static_cast<std::int64_t>(count);
    instance.now = instance.next_tick - interval + kMoment;
    events.repeat_top(instance.next_tick, count);
    return count;
}

}  // namespace runsim
