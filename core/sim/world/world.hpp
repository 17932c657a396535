#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/frame/handle.hpp"
#include "lifecycle/instance/instance.hpp"
#include "sim/world/kept_answers.hpp"

namespace runsim {

struct PreparedWorld;

// How an advance ended.
struct Advance {
    std::uint64_t events = 0;
    bool limit_reached = false;  // a limit of the call came first; the clock is at the last event
};

// A whole simulation as a value: copy it to fork it, save it to get a snapshot. It makes no system calls.
class World {
public:
    // Creates a world from a project document (docs/project-document.md): the project's files as JSON, runsim.json, and
    // options that override it. The error lists every mistake, one per line, with file, pipeline, block and field.
    static Result<World> create(std::string_view document);
    // The second half of it, the history (sim/world/prepare.hpp is the first). Fails if a call of the history does.
    static Result<World> begin(PreparedWorld prepared);

    // Answers a request to the API or to /__sim (see sim/http/sim_routes.hpp). It may write. Time does not pass, except
    // for the microsecond of each write.
    api::Response handle(const api::Request& request);
    // The same for a request in the format of http_message.hpp. Bytes that are not a request get the API's error
    // envelope. The answer is valid until the next call that is not const.
    const api::Response& handle_bytes(std::string_view request);
    // The same for a request that was read from such bytes, unless it is a GET.
    const api::Response& handle_held(const api::Request& request) { return kept_.hold(handle(request)); }

    // Advances time to `until` (at most to kEndOfTime of sim/reading/time_text.hpp), and performs the events due on the
    // way. An instant in the past only lets happen what was due by then. The event that exceeds `most_transitions` is
    // the last one: observers that read the record after each call miss no entry that it keeps.
    Advance advance_to(Instant until, std::uint64_t most_events = kMostEvents,
                       std::uint64_t most_transitions = kAnyTransitions);
    // Advances time up to `until` without performing anything: events that are due become late.
    void wait_until(Instant until);
    // Performs the next event. Returns false if there is none.
    bool step();

    Instant now() const { return instance_.now; }
    // Returns the earliest instant at which the next event or tick can happen, never before now.
    MaybeInstant next_event() const;
    Instant next_tick() const;
    // One sentence for each feature that the project uses and does not get.
    const std::vector<std::string>& notes() const { return *notes_; }

    // Saves everything as bytes, and loads it. Loading fails for anything except a whole snapshot of this version.
    std::string save() const;
    static Result<World> load(std::string_view bytes);
    // Equal worlds have equal hashes, on every machine.
    std::uint64_t hash() const;
    std::string hash_text() const;  // 16 hexadecimal digits

    const Instance& instance() const { return instance_; }
    static constexpr std::uint64_t kMostEvents = 10'000'000;
    static constexpr std::uint64_t kAnyTransitions = std::uint64_t{1} << 53;

private:
    using Notes = std::shared_ptr<const std::vector<std::string>>;
    World(Instance instance, Notes notes) : instance_(std::move(instance)), notes_(std::move(notes)) {}

    Instance instance_;
    Notes notes_;  // derived from the project
    // Derived from what the world is: a copy starts with empty ones, not saved, not hashed.
    api::RunTextCache cache_;
    KeptAnswers kept_;
};

}  // namespace runsim
