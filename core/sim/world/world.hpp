#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/frame/handle.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How an advance ended.
struct Advance {
    std::uint64_t events = 0;
    bool limit_reached = false;  // a limit of the call came first; the clock stands at the last event
};

// A whole simulation as a value: copy it and it is forked, save it and it is a snapshot. It asks nothing of the
// operating system.
class World {
public:
    // From a project document (docs/project-document.md): the project's files as JSON, runsim.json, and options that
    // overrule it. The error lists every mistake, a line each, with file, pipeline, block and field.
    static Result<World> create(std::string_view document);

    // Answers a request to the API or to /__sim (see sim/http/sim_routes.hpp). May write; does not let time pass, but
    // for the microsecond of each write.
    api::Response handle(const api::Request& request);
    // Likewise, of a request in the form of http_message.hpp. One that is none is answered with the API's error
    // envelope.
    api::Response handle_bytes(std::string_view request);

    // Lets time pass until `until` (at most to kEndOfTime of sim/reading/time_text.hpp), and performs what falls due on
    // the way. An instant that is past changes nothing. An event that passes `most_transitions` is the last one:
    // observers that read the record after each call miss none of what it keeps.
    Advance advance_to(Instant until, std::uint64_t most_events = kMostEvents,
                       std::uint64_t most_transitions = kAnyTransitions);
    // Lets time pass without performing anything, as far as `until`: what has fallen due is late then.
    void wait_until(Instant until);
    // Performs the one next event; false when there is none.
    bool step();

    Instant now() const { return instance_.now; }
    // When the next event, or the next tick, can happen at the earliest: never before now.
    MaybeInstant next_event() const;
    Instant next_tick() const;
    // What the project asks for and does not get, a sentence each.
    const std::vector<std::string>& notes() const { return *notes_; }

    // All of it as bytes, and back. A load of anything but a whole snapshot of this version is an error.
    std::string save() const;
    static Result<World> load(std::string_view bytes);
    // Equal worlds have equal hashes, on every machine.
    std::uint64_t hash() const;

    const Instance& instance() const { return instance_; }
    static constexpr std::uint64_t kMostEvents = 10'000'000;
    static constexpr std::uint64_t kAnyTransitions = std::uint64_t{1} << 53;

private:
    using Notes = std::shared_ptr<const std::vector<std::string>>;
    World(Instance instance, Notes notes) : instance_(std::move(instance)), notes_(std::move(notes)) {}

    Instance instance_;
    Notes notes_;              // follows from the project
    api::RunTextCache cache_;  // derived: a copy starts with an empty one, not saved, not hashed
};

}  // namespace runsim
