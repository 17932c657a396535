// The core as one class of numeric methods. Bytes go in through a buffer of ours, and come out as pointers that stay
// valid until the next call. Texts and lists in the signatures would cost ten times as much, since Embind converts them
// piece by piece.
#include <emscripten/bind.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/http_message.hpp"
#include "base/assert.hpp"
#include "json/write.hpp"
#include "lifecycle/workers/faults.hpp"
#include "sim/journal/compare.hpp"
#include "sim/journal/recorded_world.hpp"
#include "sim/world/prepare.hpp"

namespace {

using namespace runsim;

double address(const void* pointer) { return static_cast<double>(reinterpret_cast<std::uintptr_t>(pointer)); }

class Engine {
public:
    // Makes room for `size` bytes of the next call's input.
    double input(double size) {
        if (output_.data() == made_.data()) output_ = {};
        made_ = std::string();  // a snapshot may be large
        input_.resize(static_cast<std::size_t>(size));
        return address(input_.data());
    }

    double create(double size) { return prepare(size) != 0 ? begin_prepared() : 0; }
    // Its two halves: the second one does without the code that reads documents.
    double prepare(double size) {
        auto prepared = prepare_world(given(size));
        input_ = std::string();
        if (!prepared) return fail(prepared.error());
        prepared_ = std::make_unique<PreparedWorld>(std::move(prepared).value());
        return 1;
    }
    double begin_prepared() {
        RUNSIM_ASSERT(prepared_ != nullptr, "a begin without a world that was prepared");
        return begin(RecordedWorld::begin(std::move(*std::exchange(prepared_, nullptr)), {}));
    }
    // The module has used its memory up to here.
    double memory_used() const { return address(sbrk(0)); }
    double load(double size) { return begin(RecordedWorld::load(given(size), {})); }
    double play(double size) { return begin(RecordedWorld::play(given(size), {})); }

    double handle(double size) {
        const api::Response& response = recorded().handle_bytes(given(size));
        head_.clear();
        api::append_head(head_, response);
        output_ = response.body;
        return response.status;
    }

    double advance_to(double us, double most_events, double most_transitions) {
        const Advance advance =
            recorded().advance_to(Instant{static_cast<std::int64_t>(us)}, static_cast<std::uint64_t>(most_events),
                                  static_cast<std::uint64_t>(most_transitions));
        limit_reached_ = advance.limit_reached;
        return static_cast<double>(advance.events);
    }
    double limit_reached() const { return limit_reached_ ? 1 : 0; }
    double step() { return recorded().step() ? 1 : 0; }
    // One past the number of the newest transition.
    double transitions_end() { return static_cast<double>(world().instance().transitions.end()); }

    // Microseconds fit a double exactly until the year 2255.
    double start() { return static_cast<double>(world().instance().options.start.us); }
    double scheduler_interval() { return static_cast<double>(world().instance().options.scheduler_interval.us); }
    double now() { return static_cast<double>(world().now().us); }
    double next_tick() { return static_cast<double>(world().next_tick().us); }
    double next_event() {
        const MaybeInstant next = world().next_event();
        return next ? static_cast<double>((*next).us) : std::nan("");
    }

    // Returns the server's current fault: 0 none, 1 late, 2 errors, 3 silent.
    double server_fault() {
        const PlannedFault* fault = runsim::server_fault(world().instance());
        if (fault == nullptr) return 0;
        late_ = static_cast<double>(fault->late.us);
        return 1 + static_cast<double>(static_cast<int>(fault->kind) - static_cast<int>(FaultKind::server_late));
    }
    // Returns the delay in microseconds, if the server is late.
    double server_late() const { return late_; }

    void save() { put_out(world().save()); }
    void hash() { put_out(world().hash_text()); }
    void notes() {
        std::string list;
        json::Writer writer(list);
        writer.begin_array();
        for (const std::string& note : world().notes()) writer.string(note);
        writer.end_array();
        put_out(std::move(list));
    }
    Engine* fork() {
        auto copy = std::make_unique<Engine>();
        copy->recorded_ = recorded();
        return copy.release();
    }

    // The journal, the world at an instant of it, the way back to there, and what two worlds have not in common. at()
    // returns nullptr, and rewind() 0, if the instant is outside of the journal: the output then says so.
    void journal() { put_out(recorded().journal()); }
    Engine* at(double us) {
        auto past = recorded().at(Instant{static_cast<std::int64_t>(us)});
        if (!past) {
            put_out(past.error().message);
            return nullptr;
        }
        auto engine = std::make_unique<Engine>();
        engine->recorded_ = std::move(past).value();
        return engine.release();
    }
    double rewind(double us) {
        auto removed = recorded().rewind(Instant{static_cast<std::int64_t>(us)});
        put_out(removed ? std::move(removed).value() : removed.error().message);
        return removed ? 1 : 0;
    }
    void compare(Engine* other) { put_out(runsim::compare(world(), other->world())); }

    double head() const { return address(head_.data()); }
    double head_size() const { return static_cast<double>(head_.size()); }
    double body() const { return address(output_.data()); }
    double body_size() const { return static_cast<double>(output_.size()); }

private:
    RecordedWorld& recorded() {
        RUNSIM_ASSERT(recorded_.has_value(), "a call before create, load or play");
        return *recorded_;
    }
    const World& world() { return recorded().world(); }
    std::string_view given(double size) const {
        RUNSIM_ASSERT(static_cast<std::size_t>(size) == input_.size(), "another size than input() was asked for");
        return input_;
    }
    double begin(Result<RecordedWorld> made) {
        input_ = std::string();  // a document or a snapshot may be large, later requests are not
        if (!made) return fail(made.error());
        output_ = {};
        recorded_ = std::move(made).value();
        return 1;
    }

    double fail(const Error& error) {
        put_out(error.message);
        return 0;
    }
    void put_out(std::string text) {
        made_ = std::move(text);
        output_ = made_;
    }

    std::optional<RecordedWorld> recorded_;
    std::unique_ptr<PreparedWorld> prepared_;  // between prepare() and begin_prepared()
    std::string input_;
    std::string head_;
    std::string made_;         // an output that no world keeps
    std::string_view output_;  // what body() shows
    bool limit_reached_ = false;
    double late_ = 0;
};

}  // namespace

EMSCRIPTEN_BINDINGS(runsim) {
    emscripten::class_<Engine>("Engine")
        .constructor<>()
        .function("input", &Engine::input)
        .function("create", &Engine::create)
        .function("prepare", &Engine::prepare)
        .function("begin_prepared", &Engine::begin_prepared)
        .function("memory_used", &Engine::memory_used)
        .function("load", &Engine::load)
        .function("play", &Engine::play)
        .function("handle", &Engine::handle)
        .function("advance_to", &Engine::advance_to)
        .function("limit_reached", &Engine::limit_reached)
        .function("step", &Engine::step)
        .function("server_fault", &Engine::server_fault)
        .function("server_late", &Engine::server_late)
        .function("transitions_end", &Engine::transitions_end)
        .function("start", &Engine::start)
        .function("scheduler_interval", &Engine::scheduler_interval)
        .function("now", &Engine::now)
        .function("next_tick", &Engine::next_tick)
        .function("next_event", &Engine::next_event)
        .function("save", &Engine::save)
        .function("hash", &Engine::hash)
        .function("notes", &Engine::notes)
        .function("fork", &Engine::fork, emscripten::allow_raw_pointers())
        .function("journal", &Engine::journal)
        .function("at", &Engine::at, emscripten::allow_raw_pointers())
        .function("rewind", &Engine::rewind)
        .function("compare", &Engine::compare, emscripten::allow_raw_pointers())
        .function("head", &Engine::head)
        .function("head_size", &Engine::head_size)
        .function("body", &Engine::body)
        .function("body_size", &Engine::body_size);
}
