#include "sim/worlds.hpp"
#include "support/invariants.hpp"
#include "support/store_check.hpp"

using namespace runsim;

namespace {

constexpr Instant kNewest{1'767'225'600'000'000 + Duration::hours(12).us};  // 2026-01-01 12:00:00

// A trigger, 7, with a finished run, 40, and one that is under way, 41; ids are missing before and between.
constexpr std::string_view kRows = R"({"rows": {
    "schedules": [{"id": 7, "created_at": "2026-01-01 10:00:00", "pipeline_uuid": "slow", "name": "hook",
                   "schedule_type": "api", "status": "active", "token": "0123456789abcdef0123456789abcdef", "tags": ["x"]}],
    "runs": [{"id": 41, "created_at": "2026-01-01 11:59:00", "pipeline_schedule_id": 7, "pipeline_uuid": "slow",
              "execution_date": "2026-01-01 11:59:00", "status": "running", "started_at": "2026-01-01 11:59:10.5"},
             {"id": 40, "created_at": "2026-01-01 11:00:00", "updated_at": "2026-01-01 11:09:00",
              "pipeline_schedule_id": 7, "pipeline_uuid": "slow", "execution_date": "2026-01-01 11:00:00.25",
              "status": "failed", "variables": {"n": 1.0}, "executor_type": "local_python"}],
    "block_runs": [
        {"id": 121, "created_at": "2026-01-01 11:00:00", "pipeline_run_id": 40, "block_uuid": "begin", "status": "failed",
         "started_at": "2026-01-01 11:00:20", "metrics": {"error": {"message": "boom"}}},
        {"id": 130, "created_at": "2026-01-01 11:59:00", "pipeline_run_id": 41, "block_uuid": "begin",
         "status": "completed", "started_at": "2026-01-01 11:59:20", "completed_at": "2026-01-01 11:59:30"},
        {"id": 131, "created_at": "2026-01-01 11:59:00", "updated_at": "2026-01-01 12:00:00", "pipeline_run_id": 41,
         "block_uuid": "wait_long", "status": "running", "started_at": "2026-01-01 12:00:00"},
        {"id": 132, "created_at": "2026-01-01 11:59:00", "pipeline_run_id": 41, "block_uuid": "finish",
         "status": "initial"}]}})";

World make(std::string_view dialect) {
    DocumentParts parts;
    parts.runsim = kRows;
    parts.options = R"({"dialect": ")" + std::string(dialect) + R"("})";
    return make_world(parts);
}

}  // namespace

TEST_CASE("a world begins with the rows of runsim.json as they are") {
    for (const std::string_view dialect : {"postgres", "sqlite"}) {
        World world = make(dialect);
        CHECK(world.now() == kNewest);
        CHECK(world.next_tick() == kNewest);
        CHECK(support::index_errors(world.instance().store) == "");
        const std::string zone = dialect == "postgres" ? "+00:00" : "";
        const auto runs = call(world, "GET", "/api/pipeline_runs");
        CHECK(at(runs, "metadata.count") == "2");
        CHECK(at(runs, "pipeline_runs.0.id") == "41");
        CHECK(at(runs, "pipeline_runs.0.block_runs_count") == "3");
        CHECK(at(runs, "pipeline_runs.0.completed_block_runs_count") == "1");
        CHECK(at(runs, "pipeline_runs.0.executor_type") == "null");
        CHECK(at(runs, "pipeline_runs.1.execution_date") == "\"2026-01-01 11:00:00.250000" + zone + "\"");
        CHECK(at(runs, "pipeline_runs.1.updated_at") == "\"2026-01-01 11:09:00" + zone + "\"");
        CHECK(at(runs, "pipeline_runs.1.variables") == R"({"n": 1.0})");
        CHECK(at(runs, "pipeline_runs.1.block_runs.0.metrics.error.message") == R"("boom")");
        CHECK(at(runs, "pipeline_runs.1.pipeline_schedule_token") == R"("0123456789abcdef0123456789abcdef")");
        const auto schedules = call(world, "GET", "/api/pipeline_schedules");
        CHECK(at(schedules, "pipeline_schedules.0.repo_path") == R"("/home/src/lab")");
        CHECK(at(schedules, "pipeline_schedules.0.tags") == R"(["x"])");
        CHECK(at(schedules, "pipeline_schedules.0.pipeline_in_progress_runs_count") == "1");
        CHECK(at(call(world, "GET", "/api/pipeline_runs/40"), "pipeline_run.block_runs.0.id") == "121");
    }
}

TEST_CASE("ids go on behind the highest row of each table, as a database would give them") {
    for (const std::string_view dialect : {"postgres", "sqlite"}) {
        World world = make(dialect);
        const auto posted =
            call(world, "POST", "/api/pipeline_schedules/7/pipeline_runs/0123456789abcdef0123456789abcdef", "{}");
        CHECK(at(posted, "pipeline_run.id") == "42");
        CHECK(world.instance().store.block_runs_of(RunId{42}).begin()->id == BlockRunId{133});
        const auto made =
            call(world, "POST", "/api/pipelines/slow/pipeline_schedules", R"({"pipeline_schedule": {"name": "new"}})");
        CHECK(at(made, "pipeline_schedule.id") == "8");
    }
}

TEST_CASE("schedules of runsim.json and of triggers.yaml follow behind those of the rows") {
    DocumentParts parts;
    parts.runsim = kRows;
    parts.runsim.insert(1, R"("schedules": [{"pipeline": "slow", "name": "late"}], )");
    const World world = make_world(parts);
    REQUIRE(world.instance().store.schedules().size() == 2);
    CHECK(world.instance().store.schedule(ScheduleId{8})->name == "late");
    CHECK(world.instance().store.schedule(ScheduleId{8})->created_at == kNewest);
}

TEST_CASE("a run that is under way in the rows continues as after a restart of the server") {
    World world = make("postgres");
    test::Invariants invariants(world.instance().options);
    world.step();
    const Store& store = world.instance().store;
    CHECK(store.block_run(BlockRunId{131})->status == BlockRunStatus::queued);
    world.advance_to(kNewest + Duration::minutes(2));
    CHECK(invariants.broken(world.instance()) == "");
    CHECK(store.run(RunId{41})->status == RunStatus::completed);
    CHECK(store.block_run(BlockRunId{130})->dates.completed_at() == MaybeInstant(kNewest - Duration::seconds(30)));
    CHECK(store.run(RunId{40})->status == RunStatus::failed);
}

TEST_CASE("the record says of rows that the world began with them") {
    World world = make("postgres");
    const auto record = call(world, "GET", "/__sim/transitions");
    CHECK(at(record, "transitions.0.subject") == R"("schedule")");
    CHECK(at(record, "transitions.1.id") == "40");
    CHECK(at(record, "transitions.1.from") == "null");
    CHECK(at(record, "transitions.1.to") == R"("failed")");
    CHECK(at(record, "transitions.1.cause") == R"("rows")");
    CHECK(at(record, "transitions.1.why") == R"("the world began with it")");
    CHECK(at(record, "transitions.1.at_us") == std::to_string(kNewest.us));
}

TEST_CASE("a world of rows is the same after a snapshot") {
    World world = make("sqlite");
    auto loaded = World::load(world.save());
    REQUIRE(loaded);
    CHECK(loaded->hash() == world.hash());
    world.advance_to(kNewest + Duration::minutes(1));
    loaded->advance_to(kNewest + Duration::minutes(1));
    CHECK(loaded->hash() == world.hash());
}
