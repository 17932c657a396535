#include "sim/world/world.hpp"

#include "base/prng.hpp"
#include "sim/reading/time_text.hpp"
#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr Instant kStart{1'767'225'600'000'000};
constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

api::Response trigger(World& world) {
    return call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/" + std::string(kToken), R"({"env": "dev"})");
}

}  // namespace

TEST_CASE("a world begins at its start, with the first tick still to come") {
    World world = make_world(with_trigger());
    CHECK(world.now() == kStart);
    CHECK(world.next_tick() == kStart);
    CHECK(world.next_event() == MaybeInstant(kStart));
    const Schedule* schedule = world.instance().store.schedule(ScheduleId{1});
    REQUIRE(schedule);
    CHECK(schedule->created_at == kStart);
    CHECK(schedule->last_enabled_at == MaybeInstant(kStart));
    CHECK(schedule->repo_path == "/home/src/lab");
    CHECK(world.step());
    CHECK(world.next_tick() == kStart + Duration::seconds(10));
}

TEST_CASE("time passes to where it is told, and never back") {
    World world = make_world();
    CHECK(world.advance_to(kStart + Duration::seconds(25)).events == 3);
    CHECK(world.now() == kStart + Duration::seconds(25));
    CHECK(world.next_tick() == kStart + Duration::seconds(30));
    const std::uint64_t hash = world.hash();
    CHECK(world.advance_to(kStart).events == 0);
    CHECK(world.advance_to(kFirstInstant).events == 0);
    CHECK(world.hash() == hash);
}

TEST_CASE("an advance stops at its limit of events, and says so") {
    World world = make_world();
    const Advance first = world.advance_to(kStart + Duration::seconds(100), 4);
    CHECK(first.events == 4);
    CHECK(first.limit_reached);
    CHECK((world.now() - kStart).us == 30'000'001);  // a tick takes a microsecond
    const Advance rest = world.advance_to(kStart + Duration::seconds(100), 7);
    CHECK(rest.events == 7);  // exactly those that were left
    CHECK_FALSE(rest.limit_reached);
    CHECK((world.now() - kStart).us == 100'000'001);
    CHECK(world.advance_to(kStart + Duration::seconds(105), 0).limit_reached == false);
    CHECK(world.advance_to(kStart + Duration::seconds(110), 0).limit_reached);
    CHECK(world.now() == kStart + Duration::seconds(105));
}

TEST_CASE("ticks without work are passed at once, and leave the world as they do one by one") {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"*": {"duration": ["1s", "90s"]}},
        "faults": {"worker_dies": 0.05, "job_lost": 0.05}, "schedules": [
        {"id": 1, "pipeline": "diamond", "name": "hook", "schedule_type": "api", "status": "active",
         "token": "0123456789abcdef0123456789abcdef", "sla": 120},
        {"id": 2, "pipeline": "diamond", "name": "clock", "schedule_type": "time", "schedule_interval": "*/7 * * * *",
         "status": "active"}]})";
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        World advanced = make_world(parts);
        World stepped = advanced;
        Prng prng(seed);
        for (int i = 0; i < 300; ++i) {
            INFO("seed " << seed << ", action " << i);
            if (prng.below(8) == 0) {
                REQUIRE(trigger(advanced).status == 200);
                REQUIRE(trigger(stepped).status == 200);
            }
            // A limit of events now and then, and instants at which a tick is due.
            const Instant until = advanced.now().floor_second() + Duration::seconds(prng.between(0, 400)) +
                                  Duration::microseconds(prng.between(0, 2));
            const std::uint64_t most = prng.below(3) == 0 ? prng.below(20) : World::kMostEvents;
            const Advance done = advanced.advance_to(until, most);
            std::uint64_t events = 0;
            while (events < most && *stepped.next_event() <= until && stepped.step()) ++events;
            if (!done.limit_reached) stepped.wait_until(until);
            REQUIRE(done.events == events);
            REQUIRE(advanced.now() == stepped.now());
            REQUIRE(advanced.hash() == stepped.hash());
        }
    }
}

TEST_CASE("the clock stops at the end of time") {
    DocumentParts parts;
    parts.runsim = R"({"scheduler_interval": "3650d", "start": "2200-01-01"})";
    World world = make_world(parts);
    world.advance_to(kLastInstant);
    CHECK(world.now() == kEndOfTime);
    CHECK_FALSE(world.step());
    CHECK(world.now() == kEndOfTime);
}

TEST_CASE("a step performs one event") {
    World world = make_world(with_trigger());
    trigger(world);
    const Instant triggered = world.now();
    CHECK(triggered > kStart);
    CHECK(triggered < kStart + Duration::milliseconds(1));
    CHECK(world.next_event() == MaybeInstant(triggered));  // the tick of the start is late by the writes
    CHECK(world.step());
    CHECK(at(call(world, "GET", "/api/pipeline_runs/1"), "pipeline_run.status") == R"("running")");
    // Now its first block is queued; the next event starts it.
    const Instant before = world.now();
    CHECK(world.step());
    CHECK(world.now() > before);
    CHECK(world.now() < kStart + Duration::seconds(1));
}

TEST_CASE("a triggered run goes through its blocks, a level a tick, and completes") {
    World world = make_world(with_trigger());
    CHECK(at(trigger(world), "pipeline_run.status") == R"("initial")");
    world.advance_to(kStart + Duration::seconds(5));
    const api::Response running = call(world, "GET", "/api/pipeline_schedules/1/pipeline_runs");
    CHECK(at(running, "pipeline_runs.0.status") == R"("running")");
    CHECK(at(running, "pipeline_runs.0.block_runs_count") == "4");
    world.advance_to(kStart + Duration::seconds(35));
    const api::Response done = call(world, "GET", "/api/pipeline_schedules/1/pipeline_runs");
    CHECK(at(done, "pipeline_runs.0.status") == R"("completed")");
    CHECK(at(done, "metadata.count") == "1");
}

TEST_CASE("a copy is a fork: what happens in one does not happen in the other") {
    World world = make_world(with_trigger());
    trigger(world);
    world.advance_to(kStart + Duration::seconds(11));
    World fork = world;
    CHECK(fork.hash() == world.hash());
    const std::uint64_t at_fork = world.hash();
    trigger(fork);
    fork.advance_to(kStart + Duration::seconds(60));
    CHECK(world.hash() == at_fork);
    CHECK(at(call(world, "GET", "/api/pipeline_schedules/1/pipeline_runs"), "metadata.count") == "1");
    CHECK(at(call(fork, "GET", "/api/pipeline_schedules/1/pipeline_runs"), "metadata.count") == "2");
    CHECK(fork.hash() != world.hash());
    // The same calls from there on make the same world: reading is no call that counts.
    trigger(world);
    world.advance_to(kStart + Duration::seconds(60));
    CHECK(world.hash() == fork.hash());
}

TEST_CASE("another seed is another world, and the same seed the same") {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"*": {"duration": ["1s", "9s"]}}, "schedules": [{"pipeline": "diamond", )"
                   R"("name": "t", "schedule_type": "time", "schedule_interval": "@hourly", "status": "active"}]})";
    const auto play = [&parts](std::string options) {
        parts.options = std::move(options);
        World world = make_world(parts);
        world.advance_to(kStart + Duration::minutes(10));
        return world;
    };
    CHECK(play(R"({"seed": 3})").hash() == play(R"({"seed": 3})").hash());
    const World three = play(R"({"seed": 3})");
    const World four = play(R"({"seed": 4})");
    CHECK(three.instance().store.schedule(ScheduleId{1})->token !=
          four.instance().store.schedule(ScheduleId{1})->token);
}

TEST_CASE("schedules without an id follow behind those that have one, and so do later ones") {
    for (const std::string_view dialect : {"postgres", "sqlite"}) {
        DocumentParts parts;
        parts.runsim = R"({"schedules": [{"pipeline": "slow", "name": "a"}, {"pipeline": "slow", "name": "b", )"
                       R"("id": 71}, {"pipeline": "slow", "name": "c", "id": 3}]})";
        parts.options = R"({"dialect": ")" + std::string(dialect) + R"("})";
        World world = make_world(parts);
        const Store& store = world.instance().store;
        CHECK(store.schedule(ScheduleId{3})->name == "c");
        CHECK(store.schedule(ScheduleId{71})->name == "b");
        CHECK(store.schedule(ScheduleId{72})->name == "a");
        CHECK(store.schedule(ScheduleId{72})->token->size() == 32);
        const auto made =
            call(world, "POST", "/api/pipelines/slow/pipeline_schedules", R"({"pipeline_schedule": {"name": "d"}})");
        CHECK(at(made, "pipeline_schedule.id") == "73");
    }
}

TEST_CASE("a document with mistakes makes no world") {
    DocumentParts parts;
    parts.runsim = R"({"seed": "x"})";
    const auto world = World::create(document(parts));
    REQUIRE_FALSE(world);
    CHECK(world.error().message == "runsim.json: seed: \"x\" is not a whole number from 0 to 9007199254740991");
}

TEST_CASE("a schedule may have the largest id that runsim.json allows") {
    DocumentParts parts;
    parts.runsim = R"({"schedules": [{"id": 1000000, "pipeline": "diamond", "name": "hourly", )"
                   R"("schedule_type": "time", "schedule_interval": "@hourly", "status": "active"}]})";
    World world = make_world(parts);
    world.advance_to(world.now() + Duration::minutes(90));
    CHECK(at(call(world, "GET", "/api/pipeline_schedules/1000000/pipeline_runs"), "metadata.count") != "0");
}
