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
    const Event event = events.top();
    // The writes of an earlier event may have moved the clock past this one.
    instance.now = std::max(instance.now, event.at);
    if (event.kind == EventKind::tick) {
        instance.next_tick = event.at + instance.options.scheduler_interval;
        events.repeat_top(instance.next_tick);
        tick(instance);
        return true;
    }
    events.pop();
    switch (event.kind) {
        case EventKind::fault: perform_fault(instance, event.subject); break;
        case EventKind::attempt_end: end_attempt(instance, event.subject, event.sequence); break;
        case EventKind::job_start: start_job(instance, event.subject, event.sequence); break;
        case EventKind::tick: break;  // done above
    }
    return true;
}

}  // namespace runsim
