#include <algorithm>

#include "lifecycle/instance/instance.hpp"

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

bool is_sound(const LogNote& note) {
    return note.kind <= NoteKind::product_checked &&
           (note.kind != NoteKind::run_polled || is_known(polled_status(note.detail)));
}

bool is_sound(const PipelineCall& call) {
    if (call.variables.has_value() && call.variables.value().object() == nullptr) return false;
    return call.poll_interval.us > 0 && call.poll_timeout.value_or(Duration()).us >= 0;
}

bool is_sound(const BlockBehaviourChange& change) {
    const auto& duration = change.duration;
    const auto& attempts = change.attempts;
    const auto& calls = change.trigger_pipeline;
    const auto is_outcome = [](AttemptOutcome outcome) { return outcome <= AttemptOutcome::fail; };
    return (!duration ||
            (duration->kind <= DurationKind::long_tail && duration->low.us >= 0 && duration->low <= duration->high)) &&
           (!attempts || (!attempts->empty() && std::all_of(attempts->begin(), attempts->end(), is_outcome))) &&
           (!calls ||
            std::all_of(calls->begin(), calls->end(), [](const PipelineCall& call) { return is_sound(call); })) &&
           change.fails_ppm.value_or(0) <= 1'000'000 && change.items.value_or(0) >= 0 && change.polls.value_or(0) >= 0;
}

template <class T, class Sound>
bool all_of(const BoundedLog<T>& log, Sound sound) {
    for (std::uint64_t number = log.begin(); number < log.end(); ++number)
        if (!sound(log[number])) return false;
    return true;
}

// Returns whether exactly one tick is pending, at next_tick.
bool has_its_tick(const Instance& instance) {
    const auto& events = instance.events.pending();
    const auto is_tick = [](const Event& event) { return event.kind == EventKind::tick; };
    const auto tick = std::find_if(events.begin(), events.end(), is_tick);
    if (tick == events.end()) return events.empty();  // the scheduler was not started
    return std::count_if(events.begin(), events.end(), is_tick) == 1 && tick->at == instance.next_tick;
}

// Each pipeline appears once, in order; each symbol has a text.
bool is_sound(const ProjectFiles& files, const SymbolTable& symbols) {
    const auto before = [](const PipelineFile& a, const PipelineFile& b) { return a.uuid >= b.uuid; };
    return std::adjacent_find(files.pipelines.begin(), files.pipelines.end(), before) == files.pipelines.end() &&
           std::all_of(files.written.begin(), files.written.end(),
                       [&symbols](Symbol pipeline) { return pipeline.value < symbols.size(); }) &&
           std::all_of(files.triggers.begin(), files.triggers.end(), [&symbols](const TriggerFile& trigger) {
               return trigger.row.pipeline_uuid.value < symbols.size() && is_known(trigger.row.status) &&
                      (!trigger.row.schedule_type || is_known(*trigger.row.schedule_type));
           });
}

// Every session's user exists.
bool is_sound(const Accounts& accounts) {
    const auto& users = accounts.users;
    return std::all_of(users.begin(), users.end(), [](const User& user) { return is_known(user.role); }) &&
           std::all_of(accounts.sessions.begin(), accounts.sessions.end(), [&users](const Session& session) {
               return std::any_of(users.begin(), users.end(),
                                  [&](const User& user) { return user.id == session.user; });
           });
}

}  // namespace

bool is_sound(const Instance& instance) {
    const auto& events = instance.events.pending();
    const auto& faults = instance.options.faults.planned;
    return is_sound(instance.files, instance.store.symbols) && is_sound(instance.accounts) &&
           is_known(instance.options.dialect) && instance.options.dialect == instance.store.dialect() &&
           instance.options.scheduler_interval.us > 0 && instance.options.block_start_delay.us >= 0 &&
           has_its_tick(instance) &&
           std::all_of(events.begin(), events.end(),
                       [](const Event& event) { return event.kind <= EventKind::tick; }) &&
           std::all_of(faults.begin(), faults.end(),
                       [](const PlannedFault& fault) { return fault.kind <= FaultKind::server_silent; }) &&
           std::all_of(instance.generic_jobs.begin(), instance.generic_jobs.end(),
                       [](const GenericJob& job) { return is_known(job.status); }) &&
           std::all_of(instance.run_overrides.begin(), instance.run_overrides.end(),
                       [](const RunOverride& m) { return is_sound(m.change); }) &&
           all_of(instance.transitions, [](const Transition& t) { return is_sound(t); }) &&
           all_of(instance.notes, [](const LogNote& note) { return is_sound(note); });
}

}  // namespace runsim
