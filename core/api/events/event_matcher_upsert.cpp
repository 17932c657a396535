#include "api/events/event_matcher_upsert.hpp"

#include <algorithm>

#include "api/rows/insert_row.hpp"
#include "api/rows/relationship.hpp"
#include "api/rows/row_columns.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kEventTypes[] = {"aws_event"};

Outcome set_event_type(Instance&, EventMatcher& row, const Column& column, const json::Value& value) {
    if (value.is_null()) {
        row.event_type.reset();
        return Done{};
    }
    const std::string* text = value.string();
    if (!text || (*text != "aws_event" && *text != "AWS_EVENT"))
        return not_an_enumerator(column, value, "eventtype", kEventTypes, std::size(kEventTypes));
    row.event_type = kEventTypes[0];
    return Done{};
}

constexpr RowColumn<EventMatcher> kColumns[] = {
    {"event_type", set_event_type},
    {"name", set_text<&EventMatcher::name>},
    {"pattern", set_json<&EventMatcher::pattern>},
};
constexpr std::string_view kTable = "event_matcher";

// Keys that the caller handles, and keys that no client may set.
bool is_ignored(std::string_view key) {
    return key == "id" || key == "created_at" || key == "updated_at" || key == "pipeline_schedule_ids";
}

bool is_named(const json::Object& payload) {
    const json::Value* id = payload.find("id");
    return id && id->truthy();
}

ResultOf<EventMatcherId> change(Instance& instance, const json::Object& payload) {
    const json::Value& given = *payload.find("id");
    const std::int64_t* number = given.integer();
    const EventMatcherId id = number ? EventMatcherId::from(*number) : EventMatcherId();
    const EventMatcher* found = instance.store.event_matcher(id);
    if (!found) return Failure(Exception{"KeyError", json::python_repr(given)});
    EventMatcher row = *found;
    if (auto done = set_columns(instance, kTable, kColumns, payload, row); !done) return done.error();
    write(instance, id, [&row](EventMatcher& stored) { stored = row; });
    return id;
}

ResultOf<EventMatcherId> create(Instance& instance, const json::Object& payload) {
    for (const json::Member& member : payload) {
        if (member.key == "pipeline_schedules") {
            if (auto done = check_rows(member.value); !done) return done.error();
            continue;
        }
        if (is_ignored(member.key) || has_column(kColumns, member.key)) continue;
        return type_error("'" + member.key + "' is an invalid keyword argument for EventMatcher");
    }
    EventMatcher row;
    row.event_type = kEventTypes[0];
    if (auto done = set_columns(instance, kTable, kColumns, payload, row); !done) return done.error();
    return insert_row(instance, kTable, std::move(row));
}

// Returns the elements of a list. Each must be an object.
ResultOf<std::vector<const json::Object*>> objects_of(const json::Value& list) {
    std::vector<const json::Object*> objects;
    if (list.string() || list.object()) {
        // These have a length in Python, and their elements are texts.
        if (list.truthy()) return no_attribute("str", "copy");
        return objects;
    }
    if (!list.array()) return type_error("object of type '" + std::string(list.python_type()) + "' has no len()");
    for (const json::Value& element : *list.array()) {
        if (!element.object()) return no_attribute(element.python_type(), element.array() ? "update" : "copy");
        objects.push_back(element.object());
    }
    return objects;
}

bool is_linked(const Schedule& schedule, EventMatcherId matcher) {
    return std::find(schedule.event_matchers.begin(), schedule.event_matchers.end(), matcher) !=
           schedule.event_matchers.end();
}

}  // namespace

ResultOf<std::vector<EventMatcherId>> upsert_event_matchers(Instance& instance,
                                                            const std::vector<const json::Object*>& payloads) {
    std::vector<EventMatcherId> ids;
    for (const bool named : {true, false}) {
        for (const json::Object* payload : payloads) {
            if (is_named(*payload) != named) continue;
            const auto id = named ? change(instance, *payload) : create(instance, *payload);
            if (!id) return id.error();
            ids.push_back(*id);
        }
    }
    return ids;
}

void link_event_matcher(Instance& instance, EventMatcherId matcher, const std::vector<ScheduleId>& schedules) {
    for (const Schedule& schedule : instance.store.schedules()) {
        const bool wanted = std::find(schedules.begin(), schedules.end(), schedule.id) != schedules.end();
        if (wanted == is_linked(schedule, matcher)) continue;
        instance.store.update(schedule.id, [matcher, wanted](Schedule& row) {
            if (wanted)
                row.event_matchers.push_back(matcher);
            else
                std::erase(row.event_matchers, matcher);
        });
    }
}

Outcome replace_event_matchers(Instance& instance, ScheduleId schedule, const json::Value& list) {
    const auto objects = objects_of(list);
    if (!objects) return objects.error();
    const auto ids = upsert_event_matchers(instance, *objects);
    if (!ids) return ids.error();
    for (const EventMatcherId id : *ids) link_event_matcher(instance, id, {schedule});

    const std::vector<EventMatcherId> linked = instance.store.schedule(schedule)->event_matchers;
    for (const EventMatcherId id : linked) {
        if (std::find(ids->begin(), ids->end(), id) != ids->end()) continue;
        for (const Schedule& other : instance.store.schedules()) {
            if (other.id == schedule || !is_linked(other, id)) continue;
            return Failure(Exception{"sqlalchemy.exc.ArgumentError",
                                     "Object <mage_ai.orchestration.db.models.schedules.PipelineSchedule object at "
                                     "0x7f0000000000> is not legal as a SQL literal value"});
        }
        link_event_matcher(instance, id, {});
    }
    return Done{};
}

}  // namespace runsim::api
