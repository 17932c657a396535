#include <string>
#include <utility>
#include <vector>

#include "sim/http/sim_answers.hpp"
#include "sim/journal/compare.hpp"
#include "sim/journal/journals.hpp"
#include "support/invariants.hpp"
#include "support/pick.hpp"
#include "support/random_requests.hpp"

// Random worlds under random requests. A test that fails prints the journal of its world: `runsim replay` plays it.

using namespace runsim;
using namespace runsim::test;

namespace {

constexpr std::uint64_t kSeeds = 40;
constexpr int kMoves = 60;
// So that checkpoints come and go all the time, and the begin is forgotten now and then.
const RecordedWorld::Limits kTight{.first_distance = 8, .most_checkpoints = 5};

// A world, and what it was at some instants.
struct Life {
    explicit Life(std::uint64_t seed)
        : prng(Prng::fork(seed, "life")), world(checked(RecordedWorld::create(random_document(seed), kTight))) {}

    // Returns the token of a session, or "" if nobody has signed in.
    std::string token() {
        const auto& sessions = world.world().instance().accounts.sessions;
        return sessions.empty() ? "" : sessions[pick(prng, sessions.size())].token;
    }
    void move() {
        const Instant now = world.world().now();
        switch (prng.below(6)) {
            case 0: world.step(); break;
            case 1: world.advance_to(now + Duration::seconds(static_cast<std::int64_t>(prng.below(90)))); break;
            case 2: world.advance_to(now + Duration::microseconds(static_cast<std::int64_t>(prng.below(5)))); break;
            default: world.handle_bytes(random_request(prng, token())); break;
        }
    }
    // Lets everything happen that is due (the writes of an event move the clock, and may make others due), and keeps
    // the world. Then time passes, so that nothing else happens at that instant.
    void settle() {
        const auto is_due = [](MaybeInstant next, Instant now) { return next && *next <= now; };
        while (is_due(world.world().next_event(), world.world().now())) world.advance_to(world.world().now());
        past.emplace_back(world);
        world.advance_to(world.world().now() + Duration::microseconds(1));
    }

    Prng prng;
    RecordedWorld world;
    std::vector<RecordedWorld> past;
};

// A journal and what was removed from it, as one journal.
std::string joined(std::string_view journal, std::string_view removed) {
    auto whole = json::parse(journal);
    const auto part = json::parse(removed);
    REQUIRE((whole && part));
    json::Array& calls = *whole->object()->find("calls")->array();
    for (const json::Value& call : *part->object()->array("calls")) calls.push_back(call);
    for (const std::string_view key : {"hash", "events"}) whole->object()->erase(key);
    for (const std::string_view key : {"until", "events"})
        if (const json::Value* value = part->find(key)) whole->object()->set(key, *value);
    return json::to_text(*whole);
}

}  // namespace

TEST_CASE("random worlds keep the rules under random requests, and journals make them again, to the hash") {
    std::size_t calls = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Life life(seed);
        Invariants invariants(life.world.world().instance().options);
        for (int i = 0; i < kMoves; ++i) {
            life.move();
            const std::string broken = invariants.broken(life.world.world().instance());
            if (!broken.empty()) FAIL("seed " << seed << ": " << broken << "\n" << life.world.journal());
        }
        const std::string journal = life.world.journal();
        const RecordedWorld again = played(journal);
        INFO(journal);
        CHECK(again.world().hash() == life.world.world().hash());
        CHECK(again.journal() == journal);
        CHECK(loaded(life.world.world().save()).world().hash() == again.world().hash());
        calls += calls_of(again).size();
        // Nothing of the secrets of users is in it.
        for (const char* secret : {"secret-word", "a long secret", "OAUTH", "Bearer"})
            CHECK(journal.find(secret) == std::string::npos);
        for (const Session& session : again.world().instance().accounts.sessions)
            CHECK(journal.find(session.token) == std::string::npos);
    }
    CHECK(calls > kSeeds * 5);
}

TEST_CASE("at any instant the past is what it was, and rewinding and living on gives the same world") {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Life life(seed);
        for (int i = 0; i < kMoves; ++i) {
            life.move();
            if (i % 3 == 0) life.settle();
        }
        const std::string journal = life.world.journal();
        INFO("seed " << seed << "\n" << journal);
        for (int i = 0; i < 8; ++i) {
            const RecordedWorld& kept = life.past[pick(life.prng, life.past.size())];
            const auto past = life.world.at(kept.world().now());
            REQUIRE(past);
            CHECK(past->world().hash() == kept.world().hash());
            CHECK(past->journal() == kept.journal());

            RecordedWorld rewound = life.world;
            const auto removed = rewound.rewind(kept.world().now());
            REQUIRE(removed);
            CHECK(rewound.world().hash() == kept.world().hash());
            CHECK(rewound.journal() == kept.journal());
            CHECK(played(joined(rewound.journal(), *removed)).journal() == journal);
        }
    }
}

TEST_CASE("compared with itself, or with what its journal makes, a world has no differences") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Life life(seed);
        for (int i = 0; i < kMoves; ++i) life.move();
        const std::string now = "\"" + instant_text(life.world.world().now()) + "\"";
        const std::string nothing =
            R"({"now_a": )" + now + R"(, "now_b": )" + now +
            R"(, "record_from": 0, "first_transition": null, "pipeline_runs": [], "only_in_a": [], "only_in_b": []})";
        CHECK(compare(life.world.world(), life.world.world()) == nothing);
        CHECK(compare(life.world.world(), played(life.world.journal()).world()) == nothing);
    }
}

namespace {

// Whether this is a change of block `b` of a run, or of one of its children.
bool is_of_block(const json::Value* transition, std::int64_t run) {
    const json::Object* fields = transition ? transition->object() : nullptr;
    if (!fields || !fields->text("block_uuid") || !fields->integer("pipeline_run_id")) return false;
    const std::string& block = *fields->text("block_uuid");
    return (block == "b" || block.starts_with("b:")) && *fields->integer("pipeline_run_id") == run;
}

// When two states of a run or block run begin to differ; "" where they do not. Dates compare as texts.
std::string first_difference(const json::Value& pair) {
    std::string first;
    for (const std::string_view key : {"started_at", "completed_at"}) {
        std::string dates[2];
        for (const int side : {0, 1}) {
            const json::Value* state = pair.find(side == 0 ? "a" : "b");
            const json::Value* date = state ? state->find(key) : nullptr;
            if (date && date->string()) dates[side] = *date->string();
        }
        if (dates[0] == dates[1]) continue;
        for (const std::string& date : dates)
            if (!date.empty() && (first.empty() || date < first)) first = date;
    }
    return first;
}

}  // namespace

TEST_CASE("where a block is made to fail, worlds part with that block, and nothing differs before") {
    int parted = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Life life(seed);
        for (int i = 0; i < kMoves / 2; ++i) life.move();
        trigger(life.world);
        RecordedWorld other = life.world;
        const RunId run{other.world().instance().store.next_id<Run>().value - 1};
        const std::string target = "/__sim/pipeline_runs/" + std::to_string(run.value) + "/blocks/b";
        ask(other, "PUT", target, R"({"outcome": "fail"})");
        const Instant end = life.world.world().now() + Duration::minutes(10);
        for (RecordedWorld* one : {&life.world, &other}) one->advance_to(end);
        const std::string text = compare(life.world.world(), other.world());
        INFO("seed " << seed << ": " << text << "\n" << other.journal());
        const auto comparison = json::parse(text);
        REQUIRE(comparison);
        const json::Value* first = comparison->find("first_transition");
        REQUIRE(first != nullptr);
        const json::Array& runs = *comparison->object()->array("pipeline_runs");
        if (first->is_null()) {
            CHECK(runs.empty());
            continue;
        }
        ++parted;
        CHECK((is_of_block(first->find("a"), run.value) || is_of_block(first->find("b"), run.value)));
        const json::Value* side = first->find("a")->is_null() ? first->find("b") : first->find("a");
        const std::string parts_at = *side->object()->text("at");
        for (const json::Value& pair : runs) {
            const std::string at = first_difference(pair);
            CHECK((at.empty() || at >= parts_at));
            for (const json::Value& block : *pair.object()->array("block_runs")) {
                const std::string block_at = first_difference(block);
                CHECK((block_at.empty() || block_at >= parts_at));
            }
        }
    }
    CHECK(parted > static_cast<int>(kSeeds) / 3);
}
