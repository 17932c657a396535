#include <algorithm>
#include <optional>
#include <vector>

#include "api/events/event_matcher_text.hpp"
#include "api/events/event_matcher_upsert.hpp"
#include "api/events/handlers.hpp"
#include "api/events/schedule_columns.hpp"
#include "api/http/body.hpp"
#include "api/http/query.hpp"
#include "base/contains.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "lifecycle/rows/write_row.hpp"

// /api/event_matchers and /api/event_matchers/:id (http-api.md 5.7).
namespace runsim::api {

namespace {

constexpr std::string_view kLinks = "pipeline_schedule_ids";

void append_one(std::string& out, const Instance& instance, EventMatcherId id) {
    out += "{\"event_matcher\": ";
    append_event_matcher(out, instance, *instance.store.event_matcher(id));
    out += '}';
}

template <class Ids>
void append_many(std::string& out, const Instance& instance, const Ids& ids) {
    out += "{\"event_matchers\": [";
    bool first = true;
    for (const EventMatcherId id : ids) {
        if (!first) out += ", ";
        first = false;
        append_event_matcher(out, instance, *instance.store.event_matcher(id));
    }
    out += "]}";
}

// Links a matcher to the schedules in its payload. Null or no value leaves its links unchanged.
Outcome link(Instance& instance, EventMatcherId matcher, const json::Object& payload) {
    const json::Value* value = payload.find(kLinks);
    if (!value || value->is_null()) return Done{};
    const json::Array* list = value->array();
    if (!list) return type_error("'" + std::string(value->python_type()) + "' object is not iterable");
    std::vector<ScheduleId> schedules;
    for (const json::Value& element : *list) {
        const std::int64_t* number = element.integer();
        const ScheduleId id = number ? ScheduleId::from(*number) : ScheduleId();
        if (!instance.store.schedule(id)) return Failure(Exception{"KeyError", json::python_repr(element)});
        schedules.push_back(id);
    }
    link_event_matcher(instance, matcher, schedules);
    return Done{};
}

// Returns the object under `event_matcher`. A body without the key, or no body, is {}.
ResultOf<json::Object> payload_of(const json::Value& body) {
    const json::Object* root = body.object();
    if (!root) return no_attribute(body.python_type(), "get");
    const json::Value* payload = root->find("event_matcher");
    if (!payload) return json::Object();
    if (payload->object()) return *payload->object();
    return type_error("argument after ** must be a mapping, not " + std::string(payload->python_type()));
}

Outcome upsert(const RoutedRequest& call, std::string& out) {
    auto body = parse_raw_json(call.request.body);
    if (!body) return body.error();
    const auto single = payload_of(*body);
    if (!body->object()) return single.error();
    const json::Value* list = body->object()->find("event_matchers");
    std::vector<const json::Object*> payloads;
    if (list && list->truthy()) {
        if (!list->array()) return no_attribute(list->python_type(), "get");
        for (const json::Value& element : *list->array()) {
            if (!element.object()) return no_attribute(element.python_type(), "get");
            payloads.push_back(element.object());
        }
        // Sorts them in the order of their writes.
        std::stable_partition(payloads.begin(), payloads.end(), [](const json::Object* payload) {
            const json::Value* id = payload->find("id");
            return id && id->truthy();
        });
    } else {
        if (!single) return single.error();
        payloads.push_back(&*single);
    }
    const auto ids = upsert_event_matchers(call.instance, payloads);
    if (!ids) return ids.error();
    for (std::size_t i = 0; i < ids->size(); ++i) {
        if (auto done = link(call.instance, (*ids)[i], *payloads[i]); !done) return done;
    }
    if (ids->size() == 1)
        append_one(out, call.instance, ids->front());
    else
        append_many(out, call.instance, *ids);
    return Done{};
}

// The last value of a parameter, as Tornado's get_argument returns it.
bool is_yes(const Query& query, std::string_view name) {
    const std::vector<std::string>& values = query.all(name);
    if (values.empty()) return false;
    const std::string value = to_lower(trim(values.back()));
    return value == "yes" || value == "true" || value == "t" || value == "1";
}

void append_with_schedules(std::string& out, const Instance& instance, EventMatcherId id) {
    append_one(out, instance, id);
    out.resize(out.size() - 2);
    out += ", \"pipeline_schedules\": [";
    bool first = true;
    for (const Schedule& schedule : instance.store.schedules()) {
        const auto& links = schedule.event_matchers;
        if (!contains(links, id)) continue;
        if (!first) out += ", ";
        first = false;
        append_schedule_columns(out, instance, schedule);
    }
    out += "]}}";
}

Outcome change(const RoutedRequest& call, EventMatcherId id, std::string& out) {
    const auto body = parse_optional_json(call.request.body);
    if (!body) return body.error();
    auto payload = payload_of(*body);
    if (!payload) return payload.error();
    payload->set("id", std::int64_t{id.value});
    if (const auto ids = upsert_event_matchers(call.instance, {&*payload}); !ids) return ids.error();
    if (auto done = link(call.instance, id, *payload); !done) return done;
    append_one(out, call.instance, id);
    return Done{};
}

void remove(Instance& instance, EventMatcherId id) {
    link_event_matcher(instance, id, {});
    instance.store.erase(id);
}

}  // namespace

Outcome event_matchers(const RoutedRequest& call, std::string& out) {
    if (call.request.method == "POST") return upsert(call, out);
    std::vector<EventMatcherId> ids;
    for (const EventMatcher& matcher : call.instance.store.event_matchers()) ids.push_back(matcher.id);
    append_many(out, call.instance, ids);
    return Done{};
}

Outcome event_matcher(const RoutedRequest& call, std::string& out) {
    const std::string_view text = call.part("event_matcher_id");
    const auto number = parse_python_int(text);
    if (!number) return not_an_int(text);
    const EventMatcherId id = EventMatcherId::from(number->value);
    const Store& store = call.instance.store;
    const bool found = store.event_matcher(id) != nullptr;
    if (call.request.method == "PUT")
        return found ? change(call, id, out) : Outcome(no_attribute("NoneType", "update"));
    if (call.request.method == "DELETE") {
        if (!found) return no_attribute("NoneType", "delete");
        append_one(out, call.instance, id);
        remove(call.instance, id);
        return Done{};
    }
    if (!found) return no_attribute("NoneType", "to_dict");
    if (is_yes(call.query, "include_pipeline_schedules"))
        append_with_schedules(out, call.instance, id);
    else
        append_one(out, call.instance, id);
    return Done{};
}

}  // namespace runsim::api
