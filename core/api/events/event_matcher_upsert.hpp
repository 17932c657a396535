#pragma once

#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Creates the matchers in `payloads`, or changes those whose `id` is given: first all with an id, then the new ones.
// Each is committed separately, as on the real server. Returns their ids in that order. The caller handles
// `pipeline_schedule_ids`. Fails with KeyError for an unknown id, and with TypeError for an unknown key of a new
// matcher.
ResultOf<std::vector<EventMatcherId>> upsert_event_matchers(Instance& instance,
                                                            const std::vector<const json::Object*>& payloads);

// Links a matcher to exactly these `schedules`. No row's updated_at changes: a link is a row of its own.
void link_event_matcher(Instance& instance, EventMatcherId matcher, const std::vector<ScheduleId>& schedules);

// Applies the list in a schedule's UPDATE (http-api.md 7.3): creates or changes its matchers and links them to this
// schedule only. Unlinks matchers that are not in the list. `list` is not null.
Outcome replace_event_matchers(Instance& instance, ScheduleId schedule, const json::Value& list);

}  // namespace runsim::api
