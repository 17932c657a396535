#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr Instant kStart{1'767'225'600'000'000};

Result<World> made(std::string_view faults, std::string_view more = "") {
    DocumentParts parts;
    parts.runsim = "{\"faults\": " + std::string(faults) + std::string(more) + "}";
    return World::create(document(parts));
}

const Faults& faults_of(const World& world) { return world.instance().options.faults; }

}  // namespace

TEST_CASE("without faults in runsim.json nothing goes wrong") {
    const World world = make_world();
    CHECK(faults_of(world) == Faults());
    CHECK_FALSE(faults_of(world).can_lose_jobs());
    CHECK(faults_of(*made("{}")) == Faults());
}

TEST_CASE("runsim.json plans faults of every kind, and gives chances") {
    const auto world = made(R"({"worker_dies": 0.25, "job_lost": 1, "planned": [
        {"at": "10m", "kind": "workers_die"},
        {"at": "1m", "kind": "job_lost"},
        {"at": "2026-01-01 00:02:00", "kind": "scheduler_stops", "for": "90s"},
        {"at": 1767225780000000, "kind": "server_late", "for": "1m", "late": "0.5s"},
        {"at": "4m", "kind": "server_errors", "for": 60},
        {"at": "5m", "kind": "memory_full", "for": "20s"},
        {"at": "0s", "kind": "server_silent", "for": "1m"}]})");
    INFO((world ? "" : world.error().message));
    REQUIRE(world);
    const Faults& faults = faults_of(*world);
    CHECK(faults.worker_dies_ppm == 250'000);
    CHECK(faults.job_lost_ppm == 1'000'000);
    const auto at = [](std::int64_t seconds) { return kStart + Duration::seconds(seconds); };
    const std::vector<PlannedFault> by_time = {
        {FaultKind::server_silent, at(0), Duration::minutes(1), {}},
        {FaultKind::job_lost, at(60), {}, {}},
        {FaultKind::scheduler_stops, at(120), Duration::seconds(90), {}},
        {FaultKind::server_late, at(180), Duration::minutes(1), Duration::milliseconds(500)},
        {FaultKind::server_errors, at(240), Duration::minutes(1), {}},
        {FaultKind::memory_full, at(300), Duration::seconds(20), {}},
        {FaultKind::workers_die, at(600), {}, {}},
    };
    CHECK(faults.planned == by_time);
    const World loaded = *World::load(world->save());
    CHECK(faults_of(loaded) == faults);
    CHECK(loaded.hash() == world->hash());
}

TEST_CASE("a fault of the history's time may be planned, too, and the options' start moves those that count from it") {
    const auto world = made(R"({"planned": [{"at": "-30m", "kind": "scheduler_stops", "for": "10m"}]})",
                            R"(, "history": {"from": "-1h"})");
    REQUIRE(world);
    CHECK(faults_of(*world).planned[0].at == kStart - Duration::minutes(30));
    DocumentParts parts;
    parts.runsim = R"({"faults": {"planned": [{"at": "1m", "kind": "workers_die"}]}})";
    parts.options = R"({"start": "2026-06-01"})";
    CHECK(faults_of(make_world(parts)).planned[0].at == Instant{1'780'272'060'000'000});
}

TEST_CASE("planned faults do what they say") {
    const auto run = [](std::string_view faults) {
        DocumentParts parts;
        parts.runsim = "{\"faults\": " + std::string(faults) +
                       R"(, "blocks": {"*": {"duration": "5s"}}, "schedules": [{"id": 1, "pipeline": "diamond",
            "name": "hook", "schedule_type": "api", "status": "active", "token": "0123456789abcdef0123456789abcdef"}]})";
        World world = make_world(parts);
        call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef");
        world.advance_to(kStart + Duration::minutes(10));
        REQUIRE(world.instance().store.run(RunId{1})->status == RunStatus::completed);
        std::int64_t recovered = 0;
        const auto& log = world.instance().transitions;
        for (std::uint64_t i = log.begin(); i < log.end(); ++i) recovered += log[i].cause == Cause::recovery;
        return std::pair(recovered, *world.instance().store.run(RunId{1})->completed_at - kStart);
    };
    const auto [none, usual] = run("{}");
    CHECK(none == 0);
    const auto [died, later] = run(R"({"planned": [{"at": "2s", "kind": "workers_die"}]})");
    CHECK(died == 1);
    CHECK(later > usual);
    const auto [stopped, after] = run(R"({"planned": [{"at": "15s", "kind": "scheduler_stops", "for": "3m"}]})");
    CHECK(after > Duration::minutes(3));
    CHECK(run(R"({"worker_dies": 0.5})").first > 0);
    CHECK(run(R"({"worker_dies": 0})") == std::pair(none, usual));
    (void)stopped;
}

TEST_CASE("faults that make no sense are named with their place") {
    struct Case {
        std::string_view faults, message;
    };
    const Case cases[] = {
        {"[]", R"(runsim.json: faults: [] is not an object of keys and values)"},
        {R"({"worker_die": 1})", R"(runsim.json: faults.worker_die: no such key; did you mean "worker_dies"?)"},
        {R"({"worker_dies": 1.5})",
         "runsim.json: faults.worker_dies: 1.5 is not a chance: 0, or a number from 0.000001 to 1"},
        {R"({"job_lost": 1e-9})",
         "runsim.json: faults.job_lost: 1e-09 is not a chance: 0, or a number from 0.000001 to 1"},
        {R"({"job_lost": "1%"})",
         R"(runsim.json: faults.job_lost: "1%" is not a chance: 0, or a number from 0.000001 to 1)"},
        {R"({"planned": {}})", "runsim.json: faults.planned: {} is not a list"},
        {R"({"planned": [3]})", "runsim.json: faults.planned[0]: 3 is not a fault (an object of at, kind, ...)"},
        {R"({"planned": [{"kind": "workers_die"}]})",
         R"(runsim.json: faults.planned[0].at: is missing: say when (such as "10m" after the start))"},
        {R"({"planned": [{"at": "1m"}]})", "runsim.json: faults.planned[0].kind: is missing: say what goes wrong"},
        {R"({"planned": [{"at": "soon", "kind": "workers_die"}]})",
         R"(runsim.json: faults.planned[0].at: "soon" is not a moment (such as "-2h", counted from the start, or "2026-01-01 00:00:00"))"},
        {R"({"planned": [{"at": "-1m", "kind": "workers_die"}]})",
         R"(runsim.json: faults.planned[0].at: "-1m" is not between 2026-01-01 00:00:00 and 2250-01-01 00:00:00)"},
        {R"({"planned": [{"at": "1m", "kind": "worker_dies"}]})",
         R"(runsim.json: faults.planned[0].kind: "worker_dies" is not one of workers_die, job_lost, scheduler_stops, )"
         R"(memory_full, server_late, server_errors, server_silent; did you mean "workers_die"?)"},
        {R"({"planned": [{"at": "1m", "kind": "workers_die", "for": "1m"}]})",
         "runsim.json: faults.planned[0].for: says nothing about workers_die"},
        {R"({"planned": [{"at": "1m", "kind": "server_silent"}]})",
         "runsim.json: faults.planned[0].for: is missing (server_silent needs it)"},
        {R"({"planned": [{"at": "1m", "kind": "server_errors", "for": 0}]})",
         "runsim.json: faults.planned[0].for: 0 is not longer than nothing"},
        {R"({"planned": [{"at": "1m", "kind": "server_late", "for": "1m"}]})",
         "runsim.json: faults.planned[0].late: is missing (server_late needs it)"},
        {R"({"planned": [{"at": "1m", "kind": "server_late", "for": "1m", "late": "25h"}]})",
         R"(runsim.json: faults.planned[0].late: "25h" is not at most a day)"},
        {R"({"planned": [{"at": "1m", "kind": "server_errors", "for": "1m", "late": "1s"}]})",
         "runsim.json: faults.planned[0].late: says nothing about server_errors"},
    };
    for (const auto& [faults, message] : cases) {
        INFO(faults);
        const auto world = made(faults);
        REQUIRE_FALSE(world);
        CHECK(world.error().message == message);
    }
    std::string many = R"({"planned": [)";
    for (int i = 0; i <= 10'000; ++i) many += std::string(i == 0 ? "" : ", ") + R"({"at": "1m", "kind": "job_lost"})";
    CHECK(made(many + "]}").error().message ==
          "runsim.json: faults.planned: has 10001 entries; at most 10000 are possible");
}
