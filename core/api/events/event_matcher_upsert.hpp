#pragma once

#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Creates the matchers that `payloads` describe, or changes those whose `id` they name: first all that are named, then
// the new ones, each committed for itself as the real server does it. Returns their ids in that order.
// `pipeline_schedule_ids` is the caller's. Failures: KeyError for an id that no matcher has, TypeError for an unknown
// key of a new one.
ResultOf<std::vector<EventMatcherId>> upsert_event_matchers(Instance& instance,
                                                            const std::vector<const json::Object*>& payloads);

// Makes `schedules` the ones that a matcher is linked to. No row's updated_at changes: the link is a row of its own.
void link_event_matcher(Instance& instance, EventMatcherId matcher, const std::vector<ScheduleId>& schedules);

// The list of a schedule's UPDATE (http-api.md 7.3): its matchers are created or changed and linked to this schedule
// only; those that were linked and are not in the list are unlinked. `list` is not null.
Outcome replace_event_matchers(Instance& instance, ScheduleId schedule, const json::Value& list);

}  // namespace runsim::api
