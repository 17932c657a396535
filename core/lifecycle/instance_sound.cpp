#include <algorithm>

#include "lifecycle/instance.hpp"

namespace runsim {

namespace {

template <class E>
bool is_known(E value) {
    return static_cast<std::size_t>(value) < EnumSpelling<E>::names.size();
}

bool is_status(Subject subject, std::uint8_t status) {
    if (status == Transition::kNone) return true;
    switch (subject) {
        case Subject::run: return is_known(static_cast<RunStatus>(status));
        case Subject::block_run: return is_known(static_cast<BlockRunStatus>(status));
        case Subject::schedule: return is_known(static_cast<ScheduleStatus>(status));
        case Subject::backfill: return is_known(static_cast<BackfillStatus>(status));
        case Subject::generic_job: return is_known(static_cast<GenericJobStatus>(status));
    }
    return false;
}

bool is_sound(const Transition& t) {
    return is_known(t.subject) && is_known(t.cause) && is_status(t.subject, t.from) && is_status(t.subject, t.to);
}

template <class T, class Sound>
bool all_of(const BoundedLog<T>& log, Sound sound) {
    for (std::uint64_t number = log.begin(); number < log.end(); ++number)
        if (!sound(log[number])) return false;
    return true;
}

// Exactly one tick is to come, and it is the next one.
bool has_its_tick(const Instance& instance) {
    const auto& events = instance.events.pending();
    const auto is_tick = [](const Event& event) { return event.kind == EventKind::tick; };
    const auto tick = std::find_if(events.begin(), events.end(), is_tick);
    if (tick == events.end()) return events.empty();  // a scheduler that was not started
    return std::count_if(events.begin(), events.end(), is_tick) == 1 && tick->at == instance.next_tick;
}

}  // namespace

bool is_sound(const Instance& instance) {
    const auto& events = instance.events.pending();
    const auto& faults = instance.options.faults.planned;
    return is_known(instance.options.dialect) && instance.options.dialect == instance.store.dialect() &&
           instance.options.scheduler_interval.us > 0 && instance.options.block_start_delay.us >= 0 && has_its_tick(instance) &&
           std::all_of(events.begin(), events.end(), [](const Event& event) { return event.kind <= EventKind::tick; }) &&
           std::all_of(faults.begin(), faults.end(), [](const PlannedFault& fault) { return fault.kind <= FaultKind::server_silent; }) &&
           std::all_of(instance.generic_jobs.begin(), instance.generic_jobs.end(), [](const GenericJob& job) { return is_known(job.status); }) &&
           all_of(instance.transitions, [](const Transition& t) { return is_sound(t); }) &&
           all_of(instance.notes, [](const LogNote& note) { return note.kind <= NoteKind::process_began; });
}

}  // namespace runsim
