#include "sim/world/history.hpp"

#include <algorithm>

#include "base/date/date_text.hpp"
#include "base/sort_stably.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"
#include "sim/reading/problems.hpp"

namespace runsim {

namespace {

struct Planned {
    Instant at;
    std::size_t call = 0;
};

// Returns every repetition of every call in order of time. Calls of one instant keep the order of the list.
std::vector<Planned> plan(const std::vector<HistoryCall>& calls) {
    std::vector<Planned> all;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const HistoryCall& call = calls[i];
        all.push_back({call.first, i});
        if (call.every.us == 0) continue;
        for (Instant at = call.first + call.every; at <= call.last; at = at + call.every) all.push_back({at, i});
    }
    sort_stably(all, [](const Planned& a, const Planned& b) { return a.at < b.at; });
    return all;
}

// Returns the message of an error answer, or "" for any other. The real server answers most errors with HTTP status
// 200.
std::string error_of(const api::Response& response) {
    const auto body = json::parse(response.body);
    const json::Object* answer = body ? body->object() : nullptr;
    const json::Value* error = answer ? answer->find("error") : nullptr;
    if (const json::Object* details = error ? error->object() : nullptr) {
        for (const std::string_view key : {"exception", "message"})
            if (const json::Value* words = details->find(key); words && words->string()) return *words->string();
        return json::to_text(*error);
    }
    return response.status < 400 ? "" : "HTTP status " + std::to_string(response.status);
}

Error mistake(const HistoryCall& call, Instant at, std::string_view error) {
    std::string text = call.place + ": " + call.method + " " + call.target + " at " + date_text(at, DateStyle::space);
    return {single_line(text.append(" is answered with an error: ").append(error))};
}

}  // namespace

Outcome run_history(World& world, const std::vector<HistoryCall>& calls) {
    const Instant start = world.instance().options.start;
    const Instant before_start = start - Duration::microseconds(1);
    std::uint64_t events_left = World::kMostEvents;
    const auto advance_to = [&](Instant until) {
        const Advance done = world.advance_to(std::min(until, before_start), events_left);
        events_left -= done.events;
        return !done.limit_reached;
    };
    const Error too_much{"runsim.json: history: has more than " + std::to_string(World::kMostEvents) +
                         " events before the start"};
    for (const auto& [at, index] : plan(calls)) {
        if (!advance_to(at)) return too_much;
        world.wait_until(at);
        const HistoryCall& call = calls[index];
        api::Request request{
            .method = call.method, .target = call.target, .headers = {}, .body = {}, .is_played = true};
        if (call.body.has_value()) {
            request.headers = {{"Content-Type", "application/json"}};
            request.body = call.body.json();
        }
        const std::string error = error_of(world.handle(request));
        if (!error.empty()) return mistake(call, at, error);
    }
    if (!advance_to(start)) return too_much;
    world.wait_until(start);
    return Done{};
}

}  // namespace runsim
