#include "lifecycle/requests/event_triggers.hpp"

#include <algorithm>

#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/rows/run_variables.hpp"

namespace runsim {

namespace {

void create_run_of(Instance& instance, const Schedule& schedule, const json::Value& event, EventMatcherId matcher) {
    const Instant now = instance.moment();
    json::Value own = schedule.variables.has_value() ? schedule.variables.value() : json::Value();
    json::Object variables = own.object() ? std::move(*own.object()) : json::Object();
    variables.set("event", event);
    Run row;
    row.pipeline_schedule_id = schedule.id;
    row.pipeline_uuid = schedule.pipeline_uuid;
    row.execution_date = now;
    row.variables = json::Text::of(configured_variables(schedule, variables, now));
    const RunId run = create_run(instance, std::move(row), {Cause::event, matcher.value});
    // A run whose block runs cannot be created stays without them. Its start fails for the same reason.
    (void)create_block_runs(instance, run).ok();
}

}  // namespace

bool event_matches(const json::Value& pattern, const json::Value& event) {
    if (pattern.object() == nullptr || event.object() == nullptr) return false;
    return std::all_of(pattern.object()->begin(), pattern.object()->end(), [&](const json::Member& wanted) {
        const json::Value* found = event.object()->find(wanted.key);
        if (found == nullptr) return false;
        const json::Array* choices = wanted.value.array();
        if (choices == nullptr) return event_matches(wanted.value, *found);
        return std::any_of(choices->begin(), choices->end(),
                           [&](const json::Value& choice) { return json::python_equal(choice, *found); });
    });
}

void schedule_with_event(Instance& instance, const json::Value& event) {
    for (const EventMatcher& matcher : instance.store.event_matchers()) {
        std::vector<ScheduleId> schedules;
        for (const Schedule& schedule : instance.store.schedules()) {
            const auto& linked = schedule.event_matchers;
            const bool is_linked = std::find(linked.begin(), linked.end(), matcher.id) != linked.end();
            if (is_linked && schedule.status == ScheduleStatus::active) schedules.push_back(schedule.id);
        }
        if (schedules.empty() ||
            !event_matches(matcher.pattern.has_value() ? matcher.pattern.value() : json::Value(), event))
            continue;
        for (const ScheduleId id : schedules) create_run_of(instance, *instance.store.schedule(id), event, matcher.id);
    }
}

}  // namespace runsim
