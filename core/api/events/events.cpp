#include "api/events/handlers.hpp"
#include "api/http/body.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/event_triggers.hpp"

// POST /api/events (http-api.md 5.7).
namespace runsim::api {

Outcome receive_event(const RoutedRequest& call, std::string& out) {
    const auto event = parse_optional_json(call.request.body);
    if (!event) return event.error();
    schedule_with_event(call.instance, *event);
    out += "{\"event\": ";
    json::append(out, *event);
    out += '}';
    return Done{};
}

}  // namespace runsim::api
