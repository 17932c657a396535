#include "api/events/event_matcher_text.hpp"

#include <algorithm>
#include <vector>

#include "json/write.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

void append_event_matcher(std::string& out, const EventMatcher& matcher, Dialect dialect) {
    const DateStyle style = str_date_style(dialect);
    const auto text = [](json::Writer& w, const std::optional<std::string>& value) {
        if (value)
            w.string(*value);
        else
            w.null();
    };
    json::Writer w(out);
    w.begin_object();
    w.member("id", matcher.id.value);
    w.member("created_at", date_text(matcher.created_at, style));
    w.member("updated_at", date_text(matcher.updated_at, style));
    w.key("event_type");
    text(w, matcher.event_type);
    w.key("name");
    text(w, matcher.name);
    w.raw_member("pattern", matcher.pattern.json());
    w.end_object();
}

void append_event_matchers_of(std::string& out, const Store& store, const Schedule& schedule) {
    std::vector<EventMatcherId> ids = schedule.event_matchers;
    std::sort(ids.begin(), ids.end());
    out += '[';
    bool first = true;
    for (const EventMatcherId id : ids) {
        const EventMatcher* matcher = store.event_matcher(id);
        if (!matcher) continue;
        if (!first) out += ", ";
        first = false;
        append_event_matcher(out, *matcher, store.dialect());
    }
    out += ']';
}

}  // namespace runsim::api
