#include "sim/world/world.hpp"

#include <algorithm>
#include <utility>

#include "api/http/envelope.hpp"
#include "lifecycle/scheduler/scheduler.hpp"
#include "sim/http/sim_routes.hpp"
#include "sim/reading/time_text.hpp"
#include "sim/world/history.hpp"
#include "sim/world/prepare.hpp"

namespace runsim {

namespace {

// No GET changes the world: not its rows, not its clock, not its random numbers.
bool only_reads(const api::Request& request) { return request.method == "GET"; }

}  // namespace

Result<World> World::create(std::string_view document) {
    auto prepared = prepare_world(document);
    if (!prepared) return prepared.error();
    return begin(std::move(prepared).value());
}

Result<World> World::begin(PreparedWorld prepared) {
    World world(std::move(prepared.instance),
                std::make_shared<const std::vector<std::string>>(std::move(prepared.notes)));
    // Calls of the history have no credentials, and need none.
    const bool required = std::exchange(world.instance_.accounts.required, false);
    if (const auto done = run_history(world, prepared.calls); !done) return done.error();
    world.instance_.accounts.required = required;
    return world;
}

api::Response World::handle(const api::Request& request) {
    if (!only_reads(request)) kept_.clear();
    if (is_sim_request(request)) return answer_sim_request({instance_, notes()}, request);
    return api::handle(instance_, cache_, request);
}

const api::Response& World::handle_bytes(std::string_view bytes) {
    if (const api::Response* kept = kept_.find(bytes)) return *kept;
    const auto request = api::parse_request(bytes);
    if (!request) return kept_.hold(api::refuse(request.error()));
    api::Response answer = handle(*request);
    return only_reads(*request) ? kept_.keep(bytes, std::move(answer)) : kept_.hold(std::move(answer));
}

Advance World::advance_to(Instant until, std::uint64_t most_events, std::uint64_t most_transitions) {
    until = std::min(until, kEndOfTime);
    Advance done;
    const auto is_due = [&] { return !instance_.events.empty() && instance_.events.top().at <= until; };
    // The writes of events move the clock, perhaps past `until`: an advance that a limit stopped there can go on.
    if (until < instance_.now && !is_due()) return done;
    const std::uint64_t last_transition = instance_.transitions.end() + most_transitions;
    while (done.events < most_events && instance_.transitions.end() < last_transition) {
        std::uint64_t performed = perform_quiet_ticks(instance_, until, most_events - done.events);
        if (performed == 0) performed = perform_next_event(instance_, until) ? 1 : 0;
        if (performed == 0) break;
        done.events += performed;
    }
    done.limit_reached = is_due();
    if (!done.limit_reached) wait_until(until);
    if (done.events > 0) kept_.clear();
    return done;
}

void World::wait_until(Instant until) {
    if (until <= instance_.now) return;
    instance_.now = until;
    kept_.clear();
}

bool World::step() {
    kept_.clear();
    return perform_next_event(instance_, kEndOfTime);
}

MaybeInstant World::next_event() const {
    if (instance_.events.empty()) return {};
    return std::max(instance_.events.top().at, instance_.now);
}

Instant World::next_tick() const { return std::max(instance_.next_tick, instance_.now); }

}  // namespace runsim
