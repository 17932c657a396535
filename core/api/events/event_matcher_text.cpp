#include "api/events/event_matcher_text.hpp"

#include <vector>

#include "api/rows/row_text.hpp"
#include "base/sort_stably.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

void append_event_matcher(std::string& out, const Instance& instance, const EventMatcher& matcher) {
    RowText w(out, str_date_style(instance.store.dialect()));
    w.raw_row(matcher, instance.project->release, [&] {
        w.text("event_type", matcher.event_type);
        w.text("name", matcher.name);
        w.json("pattern", matcher.pattern);
    });
}

void append_event_matchers_of(std::string& out, const Instance& instance, const Schedule& schedule) {
    std::vector<EventMatcherId> ids = schedule.event_matchers;
    sort_stably(ids);
    out += '[';
    bool first = true;
    for (const EventMatcherId id : ids) {
        const EventMatcher* matcher = instance.store.event_matcher(id);
        if (!matcher) continue;
        if (!first) out += ", ";
        first = false;
        append_event_matcher(out, instance, *matcher);
    }
    out += ']';
}

}  // namespace runsim::api
