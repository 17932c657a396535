#include "sim/worlds.hpp"

using namespace runsim;

namespace {

constexpr std::string_view kToken = "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef";

// Pipeline "p" of load -> each, and two runs of its trigger that have not begun.
World two_runs() {
    DocumentParts parts;
    parts.pipelines = "[" +
                      pipeline("p", "\"blocks\": [" + block("load", "data_loader", "", R"("each")") + ", " +
                                        block("each", "transformer", R"("load")", "") + "]") +
                      "]";
    parts.runsim = R"({"blocks": {"*": {"duration": "3s"}},
        "runs": [{"when": {"run": 2}, "blocks": {"p/each": {"duration": ["5s", "6s"]}}}],
        "schedules": [{"id": 1, "pipeline": "p", "name": "hook", "schedule_type": "api", "status": "active",
                       "token": "0123456789abcdef0123456789abcdef"}]})";
    World world = make_world(parts);
    for (int i = 0; i < 2; ++i) REQUIRE(call(world, "POST", kToken).status == 200);
    return world;
}

}  // namespace

TEST_CASE("GET and PUT /__sim/pipeline_runs/:id/blocks/:uuid show and say how a block behaves in one run") {
    World world = two_runs();
    const auto high_of = [&](std::string_view path) {
        return at(call(world, "GET", path), "block_model.model.duration.high_us");
    };
    CHECK(high_of("/__sim/pipeline_runs/1/blocks/each") == "3000000");
    CHECK(high_of("/__sim/pipeline_runs/2/blocks/each") == "6000000");

    const auto answer = call(world, "PUT", "/__sim/pipeline_runs/1/blocks/each",
                             R"({"outcome": "fail", "error": "KeyError: 7", "fails_ppm": 5})");
    CHECK(answer.status == 200);
    CHECK(at(answer, "block_model.pipeline_run_id") == "1");
    CHECK(at(answer, "block_model.block_uuid") == R"("each")");
    CHECK(
        at(answer, "block_model.model") ==
        R"({"duration": {"kind": "fixed", "low_us": 3000000, "high_us": 3000000}, "attempts": ["fail"], "fails_ppm": 5, )"
        R"("error": "KeyError: 7", "condition": true, "items": 1, "polls": 1, "output": null, "output_table": null, "trigger_pipeline": []})");
    CHECK(at(call(world, "GET", "/__sim/pipeline_runs/2/blocks/each"), "block_model.model.attempts") == R"(["ok"])");

    World saved = std::move(World::load(world.save())).value();
    for (World* each : {&world, &saved}) {
        each->advance_to(each->now() + Duration::minutes(1));
        CHECK(at(call(*each, "GET", "/api/pipeline_runs/1"), "pipeline_run.status") == R"("failed")");
        CHECK(at(call(*each, "GET", "/api/pipeline_runs/2"), "pipeline_run.status") == R"("completed")");
    }
    CHECK(world.hash() == saved.hash());

    CHECK(at(call(world, "PUT", "/__sim/pipeline_runs/1/blocks/each", "{}"), "block_model.model.attempts") ==
          R"(["ok"])");
    CHECK(call(world, "PUT", "/api/pipeline_runs/1", R"({"pipeline_run": {"pipeline_run_action": "retry_blocks"}})")
              .status == 200);
    world.advance_to(world.now() + Duration::minutes(1));
    CHECK(at(call(world, "GET", "/api/pipeline_runs/1"), "pipeline_run.status") == R"("completed")");
}

TEST_CASE("what cannot be set for a run is refused with what is wrong") {
    World world = two_runs();
    struct Case {
        std::string_view method;
        std::string_view path;
        std::string_view body;
        int status;
        std::string_view message;
    };
    const Case cases[] = {
        {"GET", "/__sim/pipeline_runs/9/blocks/load", "", 404, "There is no pipeline run '9'."},
        {"PUT", "/__sim/pipeline_runs/one/blocks/load", "{}", 404, "There is no pipeline run 'one'."},
        {"GET", "/__sim/pipeline_runs/1/blocks/lo%64e", "", 404, "pipeline \"p\" has no block \"lode\""},
        {"PUT", "/__sim/pipeline_runs/1/blocks/lode", "{}", 404, "pipeline \"p\" has no block \"lode\""},
        {"PUT", "/__sim/pipeline_runs/1/blocks/load", "[]", 400, "body: [] is not an object of keys and values"},
        {"PUT", "/__sim/pipeline_runs/1/blocks/load", R"({"items": -1, "outcome": "maybe"})", 400,
         "body: outcome: \"maybe\" is not one of ok, fail\nbody: items: -1 is not a whole number from 0 to 10000"},
        {"DELETE", "/__sim/pipeline_runs/1/blocks/load", "", 405,
         "DELETE /__sim/pipeline_runs/1/blocks/load: only GET and PUT are possible"},
    };
    for (const Case& each : cases) {
        INFO(each.path << " " << each.body);
        const auto response = call(world, each.method, each.path, each.body);
        CHECK(response.status == each.status);
        auto value = json::parse(response.body);
        REQUIRE(value.ok());
        const json::Value* message = value->object()->find("error")->object()->find("message");
        CHECK(*message->string() == each.message);
    }
    CHECK(call(world, "PUT", "/__sim/pipeline_runs/1/blocks/load", "{").status == 400);
}
