#include "sim/journal/recorded_world.hpp"

#include <algorithm>

#include "base/text/base64.hpp"
#include "sim/http/sim_answers.hpp"
#include "sim/journal/journals.hpp"

using namespace runsim;

TEST_CASE("a journal makes the same world again, and goes on as its own") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    world.advance_to(world.world().now() + Duration::seconds(25));
    trigger(world);
    world.advance_to(world.world().now() + Duration::seconds(3));
    RecordedWorld again = played(world.journal());
    CHECK(again.world().hash() == world.world().hash());
    CHECK(again.world().now() == world.world().now());
    CHECK(again.journal() == world.journal());
    for (RecordedWorld* one : {&world, &again}) {
        trigger(*one);
        one->advance_to(one->world().now() + Duration::minutes(5));
    }
    CHECK(again.journal() == world.journal());
}

TEST_CASE("a journal has the calls that may have changed the world, refused ones too, and none that only read") {
    RecordedWorld world = recorded(with_trigger());
    ask(world, "GET", "/api/pipeline_runs");
    ask(world, "HEAD", "/api/pipeline_runs");
    ask(world, "OPTIONS", "/api/pipeline_runs");
    ask(world, "PATCH", "/api/pipeline_runs/1", "{}");
    ask(world, "POST", "/no/such/path", "{}");
    ask(world, "DELETE", "/api/pipeline_runs");
    CHECK(calls_of(world).empty());
    trigger(world);
    ask(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/wrong", "{}");
    ask(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", R"({"outcome": "fail"})");
    ask(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"status": "cancelled"}})");
    const std::vector<std::string> expected = {
        "POST /api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef",
        "POST /api/pipeline_schedules/1/pipeline_runs/wrong", "PUT /__sim/pipeline_runs/1/blocks/load",
        "PUT /api/pipeline_runs/1"};
    CHECK(calls_of(world) == expected);
    CHECK(played(world.journal()).world().hash() == world.world().hash());
}

TEST_CASE("a refused call that uses up an id is made again") {
    RecordedWorld world = recorded(with_trigger());
    const std::string taken = R"({"pipeline_schedule": {"id": 1, "name": "again", "schedule_type": "api"}})";
    ask(world, "POST", "/api/pipelines/diamond/pipeline_schedules", taken);
    ask(world, "POST", "/api/pipelines/diamond/pipeline_schedules",
        R"({"pipeline_schedule": {"name": "new", "schedule_type": "api"}})");
    trigger(world);
    CHECK(played(world.journal()).world().hash() == world.world().hash());
}

TEST_CASE("a journal that has grown too long begins later, and its past from there on stays") {
    RecordedWorld world = recorded(with_trigger(), {.first_distance = 20, .most_checkpoints = 6, .most_bytes = 2'000});
    std::vector<RecordedWorld> kept;
    for (int i = 0; i < 150; ++i) {
        ask(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", R"({"duration": ")" + std::to_string(i + 1) + R"(s"})");
        if (i % 3 == 0) trigger(world);
        world.advance_to(world.world().now() + Duration::seconds(7));
        kept.push_back(world);
        world.advance_to(world.world().now() + Duration::microseconds(1));  // the next call comes later
    }
    CHECK(calls_of(world).size() > 5);
    CHECK(calls_of(world).size() < 60);
    const std::string journal = world.journal();
    CHECK(played(journal).journal() == journal);
    std::size_t found = 0;
    for (const RecordedWorld& one : kept) {
        const auto past = world.at(one.world().now());
        if (!past) continue;
        ++found;
        CHECK(past->world().hash() == one.world().hash());
    }
    CHECK(found > 5);
    CHECK(found < kept.size());
}

TEST_CASE("the past near the limit of bytes is what it was") {
    RecordedWorld world = recorded(with_trigger(), {.first_distance = 20, .most_bytes = 4'000});
    std::uint64_t hash = 0;
    Instant at;
    for (int i = 0; world.at(kWorldStart).ok(); ++i) {
        hash = world.world().hash();
        at = world.world().now();
        for (Instant instant = kWorldStart; instant < at; instant = instant + Duration::seconds(5))
            CHECK(world.at(instant)->at(kWorldStart).ok());
        const auto past = world.at(at);
        REQUIRE(past);
        CHECK(past->world().hash() == hash);
        ask(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", R"({"duration": ")" + std::to_string(i + 1) + R"(s"})");
        trigger(world);
        world.advance_to(world.world().now() + Duration::seconds(7));
    }
    CHECK(at > kWorldStart + Duration::seconds(50));
}

TEST_CASE("an advance does not depend on where its checkpoints are") {
    for (const std::uint64_t distance : {1U, 2U, 3U, 7U}) {
        RecordedWorld world = recorded(busy(), {.first_distance = distance, .most_checkpoints = 1'000'000});
        World plain = make_world(busy());
        for (int i = 1; i <= 40; ++i) {
            const Instant until = kWorldStart + Duration::seconds(10 * i);
            CHECK(world.advance_to(until).events == plain.advance_to(until).events);
            CHECK(world.world().hash() == plain.hash());
        }
    }
}

TEST_CASE("a journal is no part of the world's value") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    ask(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", R"({"outcome": "fail"})");
    RecordedWorld restored = loaded(world.world().save());
    CHECK(restored.world().hash() == world.world().hash());
    CHECK(restored.world().save() == world.world().save());
    CHECK(calls_of(restored).empty());
    CHECK(calls_of(world).size() == 2);
}

TEST_CASE("a fork takes the journal along, and continues it alone") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    RecordedWorld fork = world;
    trigger(fork);
    CHECK(calls_of(world).size() == 1);
    CHECK(calls_of(fork).size() == 2);
    trigger(world);
    CHECK(fork.journal() == world.journal());
}

TEST_CASE("the journal of a restored world begins with its snapshot") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    world.advance_to(world.world().now() + Duration::seconds(12));
    const std::string snapshot = world.world().save();
    RecordedWorld restored = loaded(snapshot);
    CHECK(restored.journal().find(base64(snapshot)) != std::string::npos);
    trigger(restored);
    restored.advance_to(restored.world().now() + Duration::minutes(1));
    CHECK(played(restored.journal()).world().hash() == restored.world().hash());
    const auto before = restored.at(kWorldStart);
    REQUIRE(!before);
    CHECK(
        before.error().message.starts_with("instant: 2026-01-01T00:00:00.000000+00:00 is before the begin of the "
                                           "journal, 2026-01-01T00:00:12.0000"));
}

TEST_CASE("instants outside of the journal are refused by name, and change nothing") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    world.advance_to(kWorldStart + Duration::seconds(61));
    const std::string journal = world.journal();
    const auto early = world.rewind(kWorldStart - Duration::microseconds(1));
    REQUIRE(!early);
    CHECK(early.error().message ==
          "instant: 2025-12-31T23:59:59.999999+00:00 is before the begin of the journal, "
          "2026-01-01T00:00:00.000000+00:00");
    const auto late = world.rewind(kWorldStart + Duration::seconds(61) + Duration::microseconds(1));
    REQUIRE(!late);
    CHECK(late.error().message ==
          "instant: 2026-01-01T00:01:01.000001+00:00 has not come yet; it is 2026-01-01T00:01:01.000000+00:00");
    CHECK(world.journal() == journal);
}

TEST_CASE("after rewind the same calls again give the same bytes, and what came later is returned") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    world.advance_to(kWorldStart + Duration::seconds(31));
    trigger(world);
    world.advance_to(kWorldStart + Duration::seconds(121));
    const std::string journal = world.journal();
    const auto removed = world.rewind(kWorldStart + Duration::seconds(21));
    REQUIRE(removed);
    CHECK(world.world().now() == kWorldStart + Duration::seconds(21));
    CHECK(calls_of(world).size() == 1);
    CHECK(removed->starts_with(R"({"calls": [{"at": "2026-01-01T00:00:31.000000+00:00", "method": "POST", )"));
    CHECK(removed->ends_with(R"("until": "2026-01-01T00:02:01.000000+00:00"})"));
    world.advance_to(kWorldStart + Duration::seconds(31));
    trigger(world);
    world.advance_to(kWorldStart + Duration::seconds(121));
    CHECK(world.journal() == journal);
}

TEST_CASE("a world that was moved by single events is played to the very event") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    trigger(world);
    for (int steps = 0; steps < 40; ++steps) {
        CAPTURE(steps);
        REQUIRE(world.step());
        const RecordedWorld again = played(world.journal());
        CHECK(again.world().hash() == world.world().hash());
        if (steps % 7 == 3) trigger(world);
    }
    CHECK(played(world.journal()).journal() == world.journal());
}

TEST_CASE("the past of a long history is found from checkpoints, of which there are not many") {
    RecordedWorld world = recorded(busy());
    std::vector<std::pair<Instant, std::uint64_t>> kept;
    for (int hour = 1; hour <= 48; ++hour) {
        const Instant at = kWorldStart + Duration::hours(hour) + Duration::milliseconds(1'234);
        world.advance_to(at);
        kept.emplace_back(at, world.world().hash());
    }
    CHECK(world.checkpoints() > 3);
    CHECK(world.checkpoints() <= RecordedWorld::Limits().most_checkpoints);
    for (const auto& [at, hash] : kept) {
        const auto past = world.at(at);
        REQUIRE(past);
        CHECK(past->world().now() == at);
        CHECK(past->world().hash() == hash);
    }
}

TEST_CASE("an advance stops at the same limits as a world without a journal") {
    RecordedWorld world = recorded(busy());
    World plain = make_world(busy());
    const Instant end = kWorldStart + Duration::days(3);
    for (const std::uint64_t events : {0ULL, 1ULL, 4'095ULL, 4'096ULL, 10'000ULL}) {
        const Advance a = world.advance_to(end, events);
        const Advance b = plain.advance_to(end, events);
        CHECK(a.events == b.events);
        CHECK(a.limit_reached == b.limit_reached);
        CHECK(world.world().hash() == plain.hash());
    }
    const Advance a = world.advance_to(end, World::kMostEvents, 300);
    const Advance b = plain.advance_to(end, World::kMostEvents, 300);
    CHECK(a.events == b.events);
    CHECK(world.world().hash() == plain.hash());
}
