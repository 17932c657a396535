#include "api/events/handlers.hpp"
#include "api/http/body.hpp"
#include "json/write.hpp"
#include "lifecycle/requests/event_triggers.hpp"

// POST /api/events (http-api.md 5.7).
namespace runsim::api {

Status receive_event(OwnCall& call, std::string& out) {
    json::Value event = json::Object();
    if (!call.request.body.empty()) {
        auto parsed = parse_raw_json(call.request.body);
        if (!parsed) return parsed.error();
        event = std::move(*parsed);
    }
    schedule_with_event(call.instance, event);
    out += "{\"event\": ";
    json::append(out, event);
    out += '}';
    return Done{};
}

}  // namespace runsim::api
