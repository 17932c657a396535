#include "sim/worlds.hpp"

using namespace runsim;

namespace {

// The hash that the scenario below ends with, on every machine and in every build. A change of behaviour, of what is
// saved or of the order of random numbers changes it: then look whether it was meant, and put the new value, which the
// failing test prints, here.
constexpr std::string_view kGolden = "020f0643793625bd";

// Something of everything: failures and retries, conditions, dynamic blocks, a sensor, limits, a history, all three
// kinds of duration.
DocumentParts scenario() {
    DocumentParts parts;
    parts.metadata = R"({"retry_config": {"retries": 1, "delay": 2}, "queue_config": {"concurrency": 3}})";
    parts.pipelines =
        "[" +
        pipeline("diamond",
                 R"("variables": {"region": "eu"}, "blocks": [)" +
                     block("load", "data_loader", "", R"("left", "right")") + ", " +
                     block("left", "transformer", R"("load")", R"("export")", R"(, "retry_config": {"retries": 3})") +
                     ", " + block("right", "transformer", R"("load")", R"("export")") + ", " +
                     block("export", "data_exporter", R"("left", "right")", "") + "]",
                 R"({"triggers": [{"name": "quarters", "schedule_type": "time", "schedule_interval": )"
                 R"("*/15 * * * *", "start_time": "2025-01-01 00:00:00", "status": "active", "sla": 30}]})") +
        ", " +
        pipeline("fanout",
                 R"("concurrency_config": {"pipeline_run_limit": 1}, "blocks": [)" +
                     block("make", "data_loader", "", R"("each")", R"(, "configuration": {"dynamic": true})") + ", " +
                     block("each", "transformer", R"("make")", R"("wait")",
                           R"(, "configuration": {"reduce_output": true})") +
                     ", " + block("wait", "sensor", R"("each")", "", R"(, "timeout": 300)") +
                     R"(], "conditionals": [{"uuid": "gate", "type": "conditional", "upstream_blocks": ["wait"]}])") +
        "]";
    parts.runsim = R"({"seed": 42,
        "blocks": {"*": {"duration": ["0.5s", "4s"]}, "diamond/left": {"attempts": ["fail", "fail", )"
                   R"("ok"], "error": "ValueError: boom"},
                   "diamond/right": {"duration": {"typical": "3s", "at_most": "5m"}}, )"
                   R"("fanout/make": {"items": 3, "duration": "1s"}, "fanout/wait": {"polls": 2}},
        "schedules": [{"id": 1, "pipeline": "fanout", "name": "hook", "schedule_type": "api", )"
                   R"("status": "active", "token": "0123456789abcdef0123456789abcdef", "tags": ["x"]},
                      {"pipeline": "diamond", "name": "hourly", "schedule_type": "time", )"
                   R"("schedule_interval": "@hourly", "status": "active", "settings": )"
                   R"({"allow_blocks_to_fail": true}}],
        "history": {"from": "-6h", "calls": [
            {"every": "50m", "from": "-5h", "call": "POST )"
                   R"(/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "json": {"n": 1}}]}})";
    return parts;
}

}  // namespace

TEST_CASE("a seeded scenario ends with the golden hash") {
    World world = make_world(scenario());
    for (int i = 0; i < 10; ++i) {
        call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef",
             R"({"pipeline_run": {"variables": {"i": 1}}, "x": [1.5, "\u00fc"]})");
        world.advance_to(world.now() + Duration::seconds(77));
        if (i % 3 == 0)
            call(world, "PUT", "/api/pipeline_runs/" + std::to_string(3 * i + 1),
                 R"({"pipeline_run": {"pipeline_run_action": "retry_blocks"}})");
        if (i % 4 == 1)
            call(world, "PUT", "/api/pipeline_runs/" + std::to_string(world.instance().store.runs().size()),
                 R"({"pipeline_run": {"status": "cancelled"}})");
    }
    world.advance_to(world.now() + Duration::minutes(10));
    // The scenario is worth something: it has runs of every end, and spawned children.
    std::int64_t of_status[5] = {};
    for (const Run& run : world.instance().store.runs()) ++of_status[static_cast<std::size_t>(run.status)];
    CHECK(of_status[static_cast<std::size_t>(RunStatus::completed)] > 20);
    CHECK(of_status[static_cast<std::size_t>(RunStatus::cancelled)] > 0);
    CHECK(world.instance().store.block_runs().size() > 150);

    const std::string hash = world.hash_text();
    INFO("the hash is " << hash);
    CHECK(hash == kGolden);
    auto copy = World::load(world.save());
    REQUIRE(copy);
    CHECK(copy->hash_text() == hash);
}
