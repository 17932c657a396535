#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr Instant kStart{1'767'225'600'000'000};

// "late forest": hourly for 22 hours, switched off a second before the start.
constexpr std::string_view kLateForest = R"({
    "blocks": {"*": {"duration": ["1s", "4s"]}},
    "schedules": [{"id": 1, "pipeline": "diamond", "name": "late forest", "schedule_type": "time", )"
                                         R"("schedule_interval": "@hourly", "status": "active",
                   "token": "260385a38d62466fb1c88fa8c5ca503f"}],
    "history": {"from": "-22h", "calls": [{"at": "-1s", "call": "PUT /api/pipeline_schedules/1", )"
                                         R"("json": {"pipeline_schedule": {"status": "inactive"}}}]}})";

}  // namespace

TEST_CASE("a history is made by the clock: 22 hours of an hourly trigger are 22 runs") {
    for (const std::string_view dialect : {"postgres", "sqlite"}) {
        DocumentParts parts;
        parts.runsim = kLateForest;
        parts.options = R"({"dialect": ")" + std::string(dialect) + R"("})";
        World world = make_world(parts);
        CHECK(world.now() == kStart);
        CHECK(world.next_tick() == kStart);
        const auto list = call(world, "GET", "/api/pipeline_schedules/1/pipeline_runs");
        CHECK(at(list, "metadata.count") == "22");
        CHECK(at(list, "metadata.next") == "false");
        CHECK(at(list, "pipeline_runs.0.status") == R"("completed")");
        CHECK(at(list, "pipeline_runs.21.status") == R"("completed")");
        CHECK(at(list, "pipeline_runs.0.id") == "22");
        CHECK(at(list, "pipeline_runs.0.execution_date").starts_with(R"("2025-12-31 23:00:00)"));
        CHECK(at(list, "pipeline_runs.21.execution_date").starts_with(R"("2025-12-31 02:00:00)"));
        CHECK(at(call(world, "GET", "/api/pipeline_schedules/1"), "pipeline_schedule.status") == R"("inactive")");
        // Nothing more comes.
        world.advance_to(kStart + Duration::hours(3));
        CHECK(at(call(world, "GET", "/api/pipeline_schedules/1/pipeline_runs"), "metadata.count") == "22");
    }
}

TEST_CASE("repeated calls of a history happen at their instants, both ends included") {
    DocumentParts parts;
    parts.runsim = R"({"schedules": [{"id": 1, "pipeline": "slow", "name": "hook", "schedule_type": "api", )"
                   R"("token": "0123456789abcdef0123456789abcdef"}],
        "history": {"from": "-3h", "calls": [
            {"every": "40m", "from": "-2h", "to": "-40m", "call": "POST )"
                   R"(/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "json": {"n": 1}},
            {"at": "-100m", "call": "POST /api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef"},
            {"at": "-0s", "call": "POST /api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef"}]}})";
    World world = make_world(parts);
    CHECK(world.now() > kStart);
    CHECK(world.now() < kStart + Duration::milliseconds(1));
    CHECK(world.next_event() == MaybeInstant(world.now()));
    std::vector<std::int64_t> minutes;
    for (const Run& run : world.instance().store.runs())
        minutes.push_back((kStart - run.created_at.floor_second()).us / 60'000'000);
    CHECK(minutes == std::vector<std::int64_t>{120, 100, 80, 40, 0});
    CHECK(world.instance().store.run(RunId{1})->event_variables.json() == R"({"n": 1})");
    CHECK(world.instance().store.run(RunId{4})->status == RunStatus::completed);
    CHECK(world.instance().store.run(RunId{5})->status ==
          RunStatus::initial);  // the tick of the start is still to come
}

TEST_CASE("the calls of a history need no sign-in, those of the world that it makes do") {
    DocumentParts parts;
    parts.runsim = kLateForest;
    parts.options = R"({"auth": true})";
    World world = make_world(parts);
    CHECK(world.instance().store.runs_by_id(ScheduleId{1}).size() == 22);
    CHECK(at(call(world, "GET", "/api/pipeline_schedules/1"), "error.message") == R"("Invalid API key.")");
}

TEST_CASE("a call of the history that is answered with an error is a mistake of the project") {
    const auto error_of = [](std::string_view call) {
        DocumentParts parts;
        parts.runsim =
            R"({"history": {"from": "-1h", "calls": [{"at": "-1s", "call": ")" + std::string(call) + R"("}]}})";
        const auto world = World::create(document(parts));
        return world ? "(none)" : world.error().message;
    };
    const std::string where = "runsim.json: history.calls[0]: ";
    CHECK(
        error_of("POST /api/pipeline_schedules/9/pipeline_runs/abc")
            .starts_with(
                where +
                "POST /api/pipeline_schedules/9/pipeline_runs/abc at 2025-12-31 23:59:59 is answered with an error: "));
    CHECK(error_of("GET /nowhere") ==
          where + "GET /nowhere at 2025-12-31 23:59:59 is answered with an error: HTTP status 404");
    CHECK(error_of("GET /api/pipeline_runs/7") ==
          where + "GET /api/pipeline_runs/7 at 2025-12-31 23:59:59 is answered with an error: Record not found.");
}

TEST_CASE("a history of more events than one advance may have is refused") {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("p", "") + "]";
    parts.runsim = R"({"scheduler_interval": "1ms", "history": {"from": "-3h"}})";
    const auto world = World::create(document(parts));
    REQUIRE_FALSE(world);
    CHECK(world.error().message == "runsim.json: history: has more than 10000000 events before the start");
}
