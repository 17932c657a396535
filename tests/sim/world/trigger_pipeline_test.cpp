#include "sim/worlds.hpp"

using namespace runsim;

namespace {

// "parent" (starts, after) and "child" (kid), with these behaviours.
World world_of(const std::string& blocks) {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("child", R"("blocks": [)" + block("kid", "custom", "", "") + "]") + ", " +
                      pipeline("parent", R"("blocks": [)" + block("starts", "custom", "", R"("after")") + ", " +
                                             block("after", "custom", R"("starts")", "") + "]") +
                      "]";
    parts.runsim = R"({"blocks": {"*": {"duration": "1s"}, )" + blocks +
                   R"(}, "schedules": [{"id": 1, "pipeline": "parent", "name": "hook", "schedule_type": "api", )"
                   R"("status": "active", "token": "0123456789abcdef0123456789abcdef"}]})";
    World world = make_world(parts);
    call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "{}");
    return world;
}

void advance(World& world, Duration length) { world.advance_to(world.now() + length); }

std::string status_of(World& world, int run) {
    return at(call(world, "GET", "/api/pipeline_runs/" + std::to_string(run)), "pipeline_run.status");
}

const BlockRun& row(const World& world, std::string_view uuid) {
    for (const BlockRun& block : world.instance().store.block_runs())
        if (world.instance().store.symbols.text(block.block_uuid) == uuid) return block;
    FAIL("there is no block run " << uuid);
    return *world.instance().store.block_runs().begin();
}

std::string error_of(const World& world, std::string_view uuid) {
    const json::Value metrics = row(world, uuid).metrics.value();
    const json::Object* error = metrics.object() ? metrics.object()->object("error") : nullptr;
    return error ? *error->text("error") : "";
}

std::string calls(const std::string& call) { return R"("parent/starts": {"trigger_pipeline": )" + call + "}"; }

}  // namespace

TEST_CASE("a block starts another pipeline, on a trigger that is made for it", "[L7][lifecycle 2.14][row 74]") {
    World world = world_of(calls(R"({"pipeline_uuid": "child", "variables": {"a": 1}})"));
    advance(world, Duration::seconds(5));
    // It does not wait.
    CHECK(row(world, "starts").status == BlockRunStatus::completed);
    const std::string schedule = call(world, "GET", "/api/pipeline_schedules/2").body;
    for (const std::string_view part :
         {R"("name": "API_TRIGGER_CREATED_FROM_CODE")", R"("pipeline_uuid": "child")", R"("schedule_type": "api")",
          R"("status": "active")", R"("schedule_interval": null)", R"("settings": null)", R"("variables": null)",
          R"("repo_path": "/home/src/lab")", R"("global_data_product_uuid": null)"}) {
        INFO(part);
        CHECK(schedule.find(part) != std::string::npos);
    }
    CHECK(world.instance().store.schedule(ScheduleId{2})->start_time);
    CHECK(world.instance().store.schedule(ScheduleId{2})->last_enabled_at);
    const Run& run = *world.instance().store.run(RunId{2});
    CHECK(run.variables.json().starts_with(R"({"a": 1, "execution_partition": "2/20260101T0000)"));
    CHECK_FALSE(run.event_variables.has_value());
    CHECK(run.status == RunStatus::initial);
    CHECK(row(world, "kid").status == BlockRunStatus::initial);
    CHECK(at(call(world, "GET", "/__sim/pipeline_runs/2"), "pipeline_run.cause") == R"("code")");
    CHECK(at(call(world, "GET", "/__sim/pipeline_runs/2"), "pipeline_run.cause_why") ==
          R"("the code of block `starts` started it")");
    advance(world, Duration::minutes(1));
    CHECK(status_of(world, 1) == R"("completed")");
    CHECK(status_of(world, 2) == R"("completed")");

    // The trigger is used again.
    call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "{}");
    advance(world, Duration::minutes(1));
    CHECK(world.instance().store.schedules().size() == 2);
    CHECK(world.instance().store.run(RunId{4})->pipeline_schedule_id == ScheduleId{2});
}

TEST_CASE("a block waits for the pipeline that it started", "[L7][lifecycle 2.14][row 73]") {
    const std::string waits = R"("check_status": true, "poll_interval": "3s")";
    SECTION("until it has completed") {
        World world = world_of(calls(R"({"pipeline_uuid": "child", )" + waits + "}"));
        advance(world, Duration::seconds(9));
        CHECK(row(world, "starts").status == BlockRunStatus::running);
        const std::string why = at(call(world, "GET", "/__sim/pipeline_runs/1"), "pipeline_run.block_runs.0.why");
        CHECK(why.find("it waits for run 2 of pipeline `child`, which is initial; it looks again at ") !=
              std::string::npos);
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("completed")");
        const std::string log = call(world, "GET", "/api/pipelines/parent/logs").body;
        for (const std::string_view status : {"initial", "running", "completed"}) {
            INFO(status);
            CHECK(log.find("Pipeline run 2 for pipeline child: " + std::string(status) + ".") != std::string::npos);
        }
    }
    SECTION("and fails with it, if it is to") {
        World world = world_of(calls(R"({"pipeline_uuid": "child", "error_on_failure": true, )" + waits + "}") +
                               R"(, "child/kid": {"outcome": "fail"})");
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("failed")");
        CHECK(error_of(world, "starts") == "Pipeline run 2 for pipeline child: failed.");
        CHECK(
            call(world, "GET", "/api/pipelines/parent/logs").body.find("Pipeline run 2 for pipeline child: failed.") !=
            std::string::npos);
    }
    SECTION("and completes although it failed, without error_on_failure") {
        World world =
            world_of(calls(R"({"pipeline_uuid": "child", )" + waits + "}") + R"(, "child/kid": {"outcome": "fail"})");
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("completed")");
        CHECK(status_of(world, 2) == R"("failed")");
    }
    SECTION("until it is cancelled") {
        World world = world_of(calls(R"({"pipeline_uuid": "child", "error_on_failure": true, )" + waits + "}") +
                               R"(, "child/kid": {"duration": "1h"})");
        advance(world, Duration::minutes(1));
        CHECK(row(world, "starts").status == BlockRunStatus::running);
        call(world, "PUT", "/api/pipeline_runs/2", R"({"pipeline_run": {"status": "cancelled"}})");
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("completed")");
    }
    SECTION("not longer than poll_timeout") {
        World world = world_of(calls(R"({"pipeline_uuid": "child", "poll_timeout": "10s", )" + waits + "}") +
                               R"(, "child/kid": {"duration": "1h"})");
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("failed")");
        const std::string error = error_of(world, "starts");
        CHECK(error.starts_with("Pipeline run 2 for pipeline child: time out after 0:00:12"));
        CHECK(error.ends_with(". Last status was running."));
    }
    SECTION("and fails if somebody deletes the run") {
        World world = world_of(calls(R"({"pipeline_uuid": "child", )" + waits + "}"));
        advance(world, Duration::seconds(5));
        call(world, "DELETE", "/api/pipeline_runs/2");
        advance(world, Duration::minutes(1));
        CHECK(status_of(world, 1) == R"("failed")");
        CHECK(error_of(world, "starts").starts_with("Could not refresh instance"));
    }
}

TEST_CASE("several calls are made one after another", "[L7][lifecycle 2.14]") {
    World world = world_of(calls(R"([{"pipeline_uuid": "child", "check_status": true, "poll_interval": "3s"},
        {"pipeline_uuid": "child", "schedule_name": "mine"}])"));
    advance(world, Duration::seconds(9));
    CHECK(world.instance().store.runs().size() == 2);
    advance(world, Duration::minutes(1));
    CHECK(world.instance().store.runs().size() == 3);
    CHECK(world.instance().store.schedule(ScheduleId{3})->name == "mine");
    CHECK(status_of(world, 1) == R"("completed")");
}

TEST_CASE("a pipeline that was deleted is not found by code", "[L7]") {
    World world = world_of(calls(R"({"pipeline_uuid": "child"})"));
    call(world, "DELETE", "/api/pipelines/child");
    advance(world, Duration::minutes(1));
    CHECK(error_of(world, "starts") == "Pipeline child does not exist in repo_path /home/src/lab.");
}

TEST_CASE("an attempt that fails starts nothing", "[L7]") {
    World world =
        world_of(R"("parent/starts": {"attempts": ["fail"], "trigger_pipeline": {"pipeline_uuid": "child"}})");
    advance(world, Duration::minutes(1));
    CHECK(status_of(world, 1) == R"("failed")");
    CHECK(world.instance().store.runs().size() == 1);
}

TEST_CASE("a block that waits is killed with its run, and waits no more", "[L7]") {
    World world = world_of(calls(R"({"pipeline_uuid": "child", "check_status": true, "poll_interval": "3s"})") +
                           R"(, "child/kid": {"duration": "1h"})");
    advance(world, Duration::minutes(1));
    REQUIRE(world.instance().run_waits.size() == 1);
    SECTION("by a cancel") {
        call(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"status": "cancelled"}})");
        CHECK(world.instance().run_waits.empty());
        advance(world, Duration::minutes(1));
        CHECK(row(world, "starts").status == BlockRunStatus::cancelled);
        CHECK(status_of(world, 2) == R"("running")");
    }
    SECTION("by a delete") {
        call(world, "DELETE", "/api/pipeline_runs/1");
        advance(world, Duration::minutes(1));
        CHECK(world.instance().run_waits.empty());
    }
    SECTION("but a snapshot keeps it") {
        auto loaded = World::load(world.save());
        REQUIRE(loaded);
        CHECK(loaded->hash() == world.hash());
        call(*loaded, "PUT", "/api/pipeline_runs/2", R"({"pipeline_run": {"status": "cancelled"}})");
        advance(*loaded, Duration::minutes(1));
        CHECK(status_of(*loaded, 1) == R"("completed")");
    }
}

TEST_CASE("mistakes in trigger_pipeline are refused with their place", "[L7]") {
    const auto error_of = [](const std::string& call) {
        DocumentParts parts;
        parts.runsim = R"({"blocks": {"*": {"trigger_pipeline": )" + call + "}}}";
        const auto world = World::create(document(parts));
        return world ? std::string("none") : world.error().message;
    };
    const std::string place = R"(runsim.json: blocks."*".trigger_pipeline)";
    CHECK(error_of(R"({"pipeline_uuid": "slow"})") == "none");
    CHECK(error_of("[]") == "none");
    CHECK(error_of("{}") == place + ".pipeline_uuid: is missing");
    CHECK(error_of(R"({"pipeline_uuid": "x"})") == place + R"(: there is no pipeline "x" (there are: diamond, slow))");
    CHECK(error_of(R"({"pipeline_uuid": "slow", "poll_timeout": "1s"})") ==
          place + R"(.poll_timeout: has no effect without "check_status": true)");
    CHECK(error_of(R"([{"pipeline_uuid": "slow", "check_status": true, "poll_interval": 0}])") ==
          place + R"([0].poll_interval: 0 is not a duration of at least "1ms")");
    CHECK(error_of("7").starts_with(place + ": 7 is not a call"));
    CHECK(error_of(R"({"pipeline_uuid": "slow", "wait": true})").starts_with(place + ".wait: "));
}
