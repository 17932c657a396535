#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared.hpp"
#include "sim/journal/call_log.hpp"
#include "sim/journal/journal_text.hpp"
#include "sim/world/world.hpp"

namespace runsim {

// A world together with its journal: how it began, and every call since that may have changed it: all but GET, HEAD and
// OPTIONS. (A refused one may change it, too: on postgres a refused insert uses up an id.) The past can be asked, and
// gone back to: the same calls at the same instants make the same world again. To be quick, some earlier states are
// kept as checkpoints. The journal is no part of the world's value: not in its snapshots, not in its hash. A copy takes
// it along.
class RecordedWorld {
public:
    // What bounds the past. Tests have lower ones.
    struct Limits {
        // Checkpoints are this many events and calls apart. When there are most_checkpoints, every second one goes, and
        // the distance doubles.
        std::uint64_t first_distance = 4'096;
        std::size_t most_checkpoints = 64;
        // When the calls take more, the journal forgets the earlier half: it then begins with a later state, as a
        // snapshot.
        std::size_t most_bytes = 64 * 1024 * 1024;
        // The most events of a journal that is played.
        std::uint64_t most_events_played = 2 * World::kMostEvents;
    };

    // As World::create, World::begin and World::load. The journal begins there.
    static Result<RecordedWorld> create(std::string_view document, const Limits& limits);
    static Result<RecordedWorld> begin(PreparedWorld prepared, const Limits& limits);
    static Result<RecordedWorld> load(std::string_view snapshot, const Limits& limits);
    // Makes the world of a journal (docs/journal.md), and continues the journal. The error lists every mistake of form,
    // or says that the world comes out otherwise.
    static Result<RecordedWorld> play(std::string_view journal, const Limits& limits);

    const World& world() const { return world_; }
    // As in World.
    const api::Response& handle_bytes(std::string_view request);
    Advance advance_to(Instant until, std::uint64_t most_events = World::kMostEvents,
                       std::uint64_t most_transitions = World::kAnyTransitions);
    bool step();

    // The journal as JSON text.
    std::string journal() const;
    // Returns the world as it was at an instant, after every event and call of that instant, with its journal up to
    // there. (Its clock may be some microseconds later: the writes of a call take one each.) Fails for an instant
    // before the journal's begin, and for one that has not come yet.
    Result<RecordedWorld> at(Instant instant) const;
    // Goes back to that instant, and returns what came later: its calls as JSON text. Fails as at() does, and then
    // changes nothing.
    Result<std::string> rewind(Instant instant);

    // How many states of the past are kept, the begin included.
    std::size_t checkpoints() const { return checkpoints_->list.size(); }

private:
    // A place in the journal, between two calls or events.
    struct Position {
        std::size_t calls = 0;
        std::uint64_t events = 0;
        std::uint64_t sum() const { return calls + events; }
    };
    struct Checkpoint : Counted {
        Checkpoint(World w, Position p) : world(std::move(w)), position(p) {}
        World world;
        Position position;
    };
    // In order. The first is the journal's begin.
    struct Checkpoints : Counted {
        std::vector<Shared<Checkpoint>> list;
    };

    RecordedWorld(World world, const Limits& limits);
    // What another one was at one of its checkpoints.
    RecordedWorld(const RecordedWorld& present, const Checkpoint& checkpoint);

    static Result<RecordedWorld> recorded(Result<World> world, const Limits& limits);
    const api::Response& answer(const api::Request& request);
    // Makes a recorded call again.
    void repeat(const RecordedCall& call);
    // Lets time pass up to the instant, where so many events have happened since the journal's begin.
    void pass_to(Instant until, std::uint64_t events);
    // The same for what a journal's text says at `place`. Fails if that cannot be, or is too much.
    Outcome play_to(Instant until, std::optional<std::uint64_t> events, std::string place);
    // Repeats the calls of another journal, which this one is the begin of, up to an instant.
    void follow(const RecordedWorld& other, Instant until);
    const World& begin_world() const { return checkpoints_->list.front()->world; }
    void keep_checkpoint();
    void thin_out_checkpoints();
    void forget_begin();
    Position position() const { return {log_.size(), events_}; }
    JournalEnd end() const;

    Limits limits_;
    World world_;
    CallLog log_;
    std::uint64_t events_ = 0;  // since the journal's begin
    bool begins_with_snapshot_ = false;
    std::uint64_t distance_;         // of the next checkpoints
    std::uint64_t next_checkpoint_;  // at this sum of calls and events
    Shared<Checkpoints> checkpoints_;
};

}  // namespace runsim
