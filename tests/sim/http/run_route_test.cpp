#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr std::string_view kToken = "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef";
constexpr std::int64_t kStartUs = 1'767'225'600'000'000;

// One pipeline "p" of blocks a -> b, with a trigger of these members.
World made(std::string_view blocks, std::string_view models, std::string_view trigger = "") {
    DocumentParts parts;
    parts.metadata = R"({"retry_config": {"retries": 2, "delay": 4, "exponential_backoff": true, "max_delay": 60}})";
    parts.pipelines = "[" + pipeline("p", "\"blocks\": [" + std::string(blocks) + "]") + "]";
    parts.runsim = R"({"blocks": )" + std::string(models) +
                   R"(, "schedules": [{"id": 1, "pipeline": "p", "name": "hook", "schedule_type": "api", )"
                   R"("status": "active", "token": "0123456789abcdef0123456789abcdef")" +
                   std::string(trigger) + "}]}";
    World world = make_world(parts);
    REQUIRE(call(world, "POST", kToken).status == 200);
    return world;
}

World two_blocks(std::string_view models, std::string_view trigger = "", std::string_view of_a = "") {
    return made(block("a", "data_loader", "", R"("b")", of_a) + ", " + block("b", "data_exporter", R"("a")", ""),
                models, trigger);
}

api::Response run_of(World& world) { return call(world, "GET", "/__sim/pipeline_runs/1"); }
void let_pass(World& world, std::int64_t ms) { world.advance_to(world.now() + Duration::milliseconds(ms)); }

// "started ended outcome, ..." of the k-th block run, in seconds from the world's start, whole.
std::string attempts(const api::Response& response, int k) {
    std::string text;
    const std::string list = "pipeline_run.block_runs." + std::to_string(k) + ".attempts.";
    const auto seconds = [&](const std::string& path) {
        const std::string us = at(response, path);
        if (us == "null") return us;
        return std::to_string((parse_python_int(us)->value - kStartUs) / 1'000'000);
    };
    for (int i = 0;; ++i) {
        const std::string attempt = list + std::to_string(i);
        if (at(response, attempt).empty()) return text;
        text += (i == 0 ? "" : ", ") + seconds(attempt + ".started_at_us") + " " + seconds(attempt + ".ended_at_us") +
                " " + at(response, attempt + ".outcome");
    }
}

}  // namespace

TEST_CASE("GET /__sim/pipeline_runs/:id says why the run and its blocks are where they are") {
    World world = two_blocks("{}");
    auto response = run_of(world);
    CHECK(response.status == 200);
    CHECK(response.cors);
    CHECK(at(response, "pipeline_run.id") == "1");
    CHECK(at(response, "pipeline_run.status") == R"("initial")");
    CHECK(at(response, "pipeline_run.cause") == R"("user")");
    CHECK(at(response, "pipeline_run.sla_at_us") == "null");
    CHECK(at(response, "pipeline_run.sla_passed") == "false");
    CHECK(at(response, "pipeline_run.times_out_at_us") == "null");
    CHECK(at(response, "pipeline_run.why").find("waits for the scheduler") != std::string::npos);
    let_pass(world, 500);
    response = run_of(world);
    CHECK(at(response, "pipeline_run.status") == R"("running")");
    CHECK(at(response, "pipeline_run.block_runs.0.block_uuid") == R"("a")");
    CHECK(at(response, "pipeline_run.block_runs.0.status") == R"("running")");
    CHECK(at(response, "pipeline_run.block_runs.0.why").find("attempt 1 of 3") != std::string::npos);
    CHECK(at(response, "pipeline_run.block_runs.1.why").find("waits for `a`, which runs since") != std::string::npos);
    CHECK(at(response, "pipeline_run.block_runs.1.attempts") == "[]");
    let_pass(world, 60'000);
    response = run_of(world);
    CHECK(at(response, "pipeline_run.status") == R"("completed")");
    CHECK(at(response, "pipeline_run.block_runs.0.status") == R"("completed")");

    const auto block_run = call(world, "GET", "/__sim/block_runs/1");
    CHECK(at(block_run, "block_run") == at(response, "pipeline_run.block_runs.0"));
    CHECK(at(block_run, "block_run.pipeline_run_id") == "1");
}

TEST_CASE("a block run's attempts are told from the sleeps between them") {
    // Each attempt takes 2 s, the sleeps 4 and 8 s.
    World world = two_blocks(R"({"p/a": {"duration": "2s", "attempts": ["fail", "fail", "ok"]}})");
    CHECK(at(run_of(world), "pipeline_run.block_runs.0.queued_at_us") == "null");
    let_pass(world, 200);
    CHECK(at(run_of(world), "pipeline_run.block_runs.0.status") == R"("queued")");
    const std::string queued = at(run_of(world), "pipeline_run.block_runs.0.queued_at_us");
    CHECK((parse_python_int(queued)->value - kStartUs) / 100'000 == 0);
    CHECK(at(run_of(world), "pipeline_run.block_runs.1.queued_at_us") == "null");
    let_pass(world, 800);
    CHECK(attempts(run_of(world), 0) == "0 null null");
    CHECK(at(run_of(world), "pipeline_run.block_runs.0.queued_at_us") == queued);
    let_pass(world, 3'000);  // in the first sleep
    CHECK(attempts(run_of(world), 0) == R"(0 2 "failed")");
    CHECK(at(run_of(world), "pipeline_run.block_runs.0.status") == R"("running")");
    let_pass(world, 3'000);
    CHECK(attempts(run_of(world), 0) == R"(0 2 "failed", 6 null null)");
    let_pass(world, 10'000);
    CHECK(attempts(run_of(world), 0) == R"(0 2 "failed", 6 8 "failed", 16 null null)");
    let_pass(world, 10'000);
    CHECK(attempts(run_of(world), 0) == R"(0 2 "failed", 6 8 "failed", 16 18 "completed")");

    World loaded = *World::load(world.save());
    CHECK(run_of(loaded).body == run_of(world).body);
    CHECK(call(loaded, "GET", "/__sim/transitions").body == call(world, "GET", "/__sim/transitions").body);
}

TEST_CASE("attempts end with what ends their block: the last failure, a cancel, a timeout, a false condition") {
    SECTION("the last failure") {
        World world = two_blocks(R"({"p/a": {"duration": "2s", "attempts": ["fail"]}})");
        let_pass(world, 60'000);
        CHECK(attempts(run_of(world), 0) == R"(0 2 "failed", 6 8 "failed", 16 18 "failed")");
        CHECK(at(run_of(world), "pipeline_run.status") == R"("failed")");
        // A retry gives it another life.
        REQUIRE(
            call(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"pipeline_run_action": "retry_blocks"}})")
                .status == 200);
        let_pass(world, 14'000);
        CHECK(attempts(run_of(world), 0) == R"(0 2 "failed", 6 8 "failed", 16 18 "failed", 70 72 "failed")");
    }
    SECTION("a cancel") {
        World world = two_blocks(R"({"p/a": {"duration": "20s"}})");
        let_pass(world, 5'000);
        REQUIRE(call(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"status": "cancelled"}})").status ==
                200);
        CHECK(attempts(run_of(world), 0) == "0 5 null");
    }
    SECTION("a cancel in the sleep after a failure") {
        World world = two_blocks(R"({"p/a": {"duration": "2s", "attempts": ["fail"]}})");
        let_pass(world, 4'000);
        REQUIRE(call(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"status": "cancelled"}})").status ==
                200);
        CHECK(attempts(run_of(world), 0) == R"(0 2 "failed")");
    }
    SECTION("a timeout of the block") {
        World world = two_blocks(R"({"p/a": {"duration": "50s"}})", "", R"(, "timeout": 15)");
        let_pass(world, 1'000);
        const std::string times_out = at(run_of(world), "pipeline_run.block_runs.0.times_out_at_us");
        CHECK((parse_python_int(times_out)->value - kStartUs) / 1'000'000 == 15);
        CHECK(at(run_of(world), "pipeline_run.block_runs.1.times_out_at_us") == "null");
        let_pass(world, 40'000);
        CHECK(attempts(run_of(world), 0) == R"(0 20 "failed")");
        CHECK(at(run_of(world), "pipeline_run.block_runs.0.times_out_at_us") == times_out);
        CHECK(at(run_of(world), "pipeline_run.block_runs.0.why").find("timeout of 15 seconds") != std::string::npos);
    }
}

TEST_CASE("SLA and timeout of a run are shown as instants") {
    World world = two_blocks(R"({"p/a": {"duration": "2m"}})", R"(, "sla": 30, "settings": {"timeout": 45})");
    let_pass(world, 1'000);
    const auto response = run_of(world);
    const Run& run = *world.instance().store.run(RunId{1});
    const Instant sla = run.execution_date.value_or(run.created_at) + Duration::seconds(30);
    CHECK(at(response, "pipeline_run.sla_at_us") == std::to_string(sla.us));
    CHECK(at(response, "pipeline_run.times_out_at_us") == std::to_string((*run.started_at + Duration::seconds(45)).us));
    CHECK(at(response, "pipeline_run.sla_passed") == "false");
    world.advance_to(sla);
    CHECK(at(run_of(world), "pipeline_run.sla_passed") == "false");
    let_pass(world, 11'000);
    CHECK(at(run_of(world), "pipeline_run.sla_passed") == "true");
    let_pass(world, 20'000);
    CHECK(at(run_of(world), "pipeline_run.status") == R"("failed")");
    CHECK(at(run_of(world), "pipeline_run.times_out_at_us") == at(response, "pipeline_run.times_out_at_us"));
    const std::string all = call(world, "GET", "/__sim/transitions?_limit=1000").body;
    CHECK(all.find("it passed its SLA of 30 seconds") != std::string::npos);
    CHECK(all.find("it had run for more than the 45 seconds of its trigger's timeout") != std::string::npos);
}

TEST_CASE("a run or block run that is not there is a 404 that names it") {
    World world = two_blocks("{}");
    for (const std::string_view what : {"pipeline run", "block run"}) {
        for (const std::string_view id : {"99", "0", "-1", "x", "4294967296", "1%20"}) {
            const std::string target = (what == "pipeline run" ? "/__sim/pipeline_runs/" : "/__sim/block_runs/");
            const auto response = call(world, "GET", target + std::string(id));
            INFO(target << id);
            CHECK(response.status == 404);
            CHECK(at(response, "error.type") == R"("record_not_found")");
            CHECK(at(response, "error.message") ==
                  "\"There is no " + std::string(what) + " '" + std::string(id) + "'.\"");
        }
    }
    CHECK(call(world, "POST", "/__sim/pipeline_runs/1").status == 405);
}
