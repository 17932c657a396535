#include "lifecycle/schedules/due_cache.hpp"

#include <algorithm>

#include "lifecycle/cron/interval.hpp"
#include "lifecycle/schedules/due_run.hpp"

namespace runsim {

namespace {

// Returns when the current execution date of a periodic interval changes to the next, after `now`.
Instant end_of_period(const Schedule& schedule, ScheduleFacts& facts, Instant now) {
    if (const Interval interval = interval_of(schedule); is_period(interval))
        return period_after(interval, period_start(interval, now)).value_or(kLastInstant);
    if (!facts.cron) return kLastInstant;
    // A match takes effect one microsecond later (lifecycle.md 4.3).
    const auto match = facts.cron->end(now);
    return match.ok() ? *match + Duration::microseconds(1) : kLastInstant;
}

// Returns whether the newest run of an @always_on schedule, which made due_run() return nullopt, is still open.
bool newest_goes_on(const Store& store, ScheduleId schedule, const ScheduleFacts& facts) {
    if (!facts.newest || store.runs_by_id(schedule).size() != facts.runs) return false;
    const Run* run = store.run(facts.newest);
    return run != nullptr && run->pipeline_schedule_id == schedule && !is_finished(run->status);
}

bool has_open_runs(const Store& store, ScheduleId schedule) {
    return store.running_count(schedule) > 0 || store.has_initial_runs(schedule);
}

// A periodic schedule is not due while its period and the run of its execution date last.
void remember_period(const Schedule& schedule, ScheduleFacts& facts, Instant now, MaybeInstant date) {
    facts.period = date;
    facts.not_due_before = end_of_period(schedule, facts, now);
    if (schedule.start_time && now < *schedule.start_time)
        facts.not_due_before = std::min(facts.not_due_before, *schedule.start_time);
}

bool is_periodic(Interval interval) {
    return interval != Interval::none && interval != Interval::once && interval != Interval::always_on;
}

// Called after due_run() returned nullopt: records until when it will keep doing so.
void remember_not_due(const Instance& instance, const Schedule& schedule, ScheduleFacts& facts) {
    const Instant now = instance.now;
    const Interval interval = interval_of(schedule);
    facts.period = {};
    facts.newest = {};
    const auto& runs = instance.store.runs_by_id(schedule.id);
    if (interval == Interval::always_on && !runs.empty()) {
        facts.newest = *runs.rbegin();
        facts.runs = runs.size();
    }
    if (interval == Interval::none) facts.not_due_before = kLastInstant;  // nor ever after
    if (!is_periodic(interval)) return;
    const auto date = current_execution_date(schedule, now, facts.cron ? &*facts.cron : nullptr);
    const bool has_run = date.ok() && *date && !instance.store.runs_at(schedule.id, **date).empty();
    // A landing-time run that does not exist yet may become due in the middle of a period.
    if (!has_run && is_landing_time_enabled(schedule)) return;
    remember_period(schedule, facts, now, has_run ? *date : MaybeInstant());
}

// For a schedule that due_now() found not to be due.
Instant possibly_due_at(const Instance& instance, const ActiveSchedule& active) {
    const Schedule& schedule = *instance.store.schedule(active.id);
    switch (interval_of(schedule)) {
        case Interval::none: return kLastInstant;
        case Interval::once:
        case Interval::always_on:
            return schedule.start_time && instance.now < *schedule.start_time ? *schedule.start_time : kLastInstant;
        default: return active.facts->not_due_before;
    }
}

}  // namespace

const std::vector<ScheduleGroup>& active_schedules(Instance& instance) {
    Derived& derived = instance.derived;
    const std::uint64_t revision = std::uint64_t{1} + instance.store.schedules_revision();
    if (derived.active_at == revision) return derived.active;
    derived.active_at = revision;
    derived.active.clear();
    derived.any_sla = false;
    std::erase_if(derived.schedules, [&](const auto& known) { return !instance.store.schedule(known.first); });
    for (const Schedule& schedule : instance.store.schedules()) {
        if (schedule.status != ScheduleStatus::active) continue;
        if (schedule.repo_path && *schedule.repo_path != instance.project->repo_path) continue;
        const PipelineFacts* pipeline = pipeline_facts(instance, schedule.pipeline_uuid);
        if (pipeline == nullptr) continue;
        derived.any_sla = derived.any_sla || schedule.sla.value_or(0) != 0;
        auto group = std::find_if(derived.active.begin(), derived.active.end(),
                                  [&](const ScheduleGroup& other) { return other.pipeline == pipeline; });
        if (group == derived.active.end()) group = derived.active.insert(group, ScheduleGroup{pipeline, {}});
        group->schedules.push_back({schedule.id, &schedule_facts(instance, schedule)});
    }
    return derived.active;
}

std::optional<DueRun> due_now(Instance& instance, const ActiveSchedule& active) {
    ScheduleFacts& facts = *active.facts;
    const auto period_taken = [&] { return !facts.period || !instance.store.runs_at(active.id, facts.period).empty(); };
    if (instance.now < facts.not_due_before && period_taken()) return std::nullopt;
    if (newest_goes_on(instance.store, active.id, facts)) return std::nullopt;
    facts.not_due_before = kFirstInstant;
    const Schedule& schedule = *instance.store.schedule(active.id);
    // Answers due_run() for @always_on from counts: most of its ticks end here.
    if (facts.always_on && !has_open_runs(instance.store, schedule.id) &&
        instance.store.first_backfill(schedule.id) == nullptr &&
        (!schedule.start_time || *schedule.start_time <= instance.now))
        return DueRun{instance.now, {}};
    auto due = due_run(instance, schedule, facts.cron ? &*facts.cron : nullptr);
    if (due && instance.store.first_backfill(schedule.id) != nullptr) return std::nullopt;
    if (!due)
        remember_not_due(instance, schedule, facts);
    else if (is_periodic(interval_of(schedule)))  // the caller creates its run
        remember_period(schedule, facts, instance.now, due->execution_date);
    return due;
}

bool are_starts_quiet(const Instance& instance) {
    const Derived& derived = instance.derived;
    return derived.starts_quiet_at == std::uint64_t{1} + instance.store.keys_revision() &&
           instance.now < derived.starts_quiet_until;
}

void note_quiet_starts(Instance& instance) {
    Instant until = kLastInstant;
    bool runs_wait = false;
    for (const ScheduleGroup& group : active_schedules(instance)) {
        for (const ActiveSchedule& schedule : group.schedules) {
            runs_wait = runs_wait || instance.store.has_initial_runs(schedule.id);
            until = std::min(until, possibly_due_at(instance, schedule));
        }
    }
    Derived& derived = instance.derived;
    derived.starts_quiet_at = std::uint64_t{1} + instance.store.keys_revision();
    derived.starts_quiet_until = until;
    derived.runs_wait = runs_wait;
}

}  // namespace runsim
