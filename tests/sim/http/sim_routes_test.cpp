#include "sim/http/sim_routes.hpp"

#include "sim/worlds.hpp"

using namespace runsim;

TEST_CASE("/__sim/project shows the project, its blocks and how they behave") {
    DocumentParts parts;
    parts.pipelines = "[" +
                      pipeline("p", R"("description": "two", "tags": ["x"], "blocks": [)" +
                                        block("a", "data_loader", "", R"("b")", R"(, "timeout": 60, "color": "teal")") +
                                        ", " + block("b", "markdown", R"("a")", "") + "]") +
                      "]";
    parts.runsim = R"({"blocks": {"p/a": {"duration": ["1s", "3s"], "attempts": ["fail", "ok"], "error": )"
                   R"("ValueError: boom"}}, "scheduler_interval": "2s"})";
    World world = make_world(parts);
    const auto response = call(world, "GET", "/__sim/project");
    CHECK(response.status == 200);
    CHECK(response.cors);
    CHECK(response.content_type == api::ContentType::json);
    CHECK(at(response, "project.notes") == json::to_text([&] {
              json::Array notes;
              for (const auto& note : world.notes()) notes.emplace_back(note);
              return json::Value(notes);
          }()));
    CHECK(at(response, "project.start_us") == "1767225600000000");
    CHECK(at(response, "project.scheduler_interval_us") == "2000000");
    CHECK(at(response, "project.repo_path") == R"("/home/src/lab")");
    CHECK(
        at(response, "project.pipelines") ==
        R"([{"uuid": "p", "name": "p", "description": "two", "type": "python", "tags": ["x"], "blocks": [)"
        R"({"uuid": "a", "name": "a", "type": "data_loader", "language": "python", "color": "teal", )"
        R"("executable": true, "dynamic": false, "dynamic_child": false, "conditional_blocks": [], "retries": 0, )"
        R"("timeout": 60, )"
        R"("upstream_blocks": [], "downstream_blocks": ["b"], "model": {"duration": {"kind": )"
        R"("range", "low_us": 1000000, "high_us": 3000000}, )"
        R"("attempts": ["fail", "ok"], "fails_ppm": 0, "error": "ValueError: boom", "condition": true, "items": 1, "polls": 1, "output": null, "output_table": null, "trigger_pipeline": []}}, )"
        R"({"uuid": "b", "name": "b", "type": "markdown", "language": "python", "color": "", )"
        R"("executable": false, "dynamic": false, "dynamic_child": false, "conditional_blocks": [], "retries": 0, )"
        R"("timeout": null, )"
        R"("upstream_blocks": ["a"], "downstream_blocks": [], "model": {"duration": {"kind": )"
        R"("fixed", "low_us": 1000000, "high_us": 1000000}, )"
        R"("attempts": ["ok"], "fails_ppm": 0, "error": "Exception: the block failed", "condition": true, "items": )"
        R"(1, "polls": 1, "output": null, "output_table": null, "trigger_pipeline": []}}]}])");
}

TEST_CASE("/__sim/project names conditional blocks, retries and the children of dynamic blocks") {
    DocumentParts parts;
    parts.pipelines =
        "[" +
        pipeline("p", R"("blocks": [)" +
                          block("a", "data_loader", "", R"("b")", R"(, "configuration": {"dynamic": true})") + ", " +
                          block("b", "transformer", R"("a")", "", R"(, "retry_config": {"retries": 2})") +
                          R"(], "conditionals": [{"uuid": "any", "name": "any", "type": "conditional", "language": )" +
                          R"("python", "upstream_blocks": ["b"]}])") +
        "]";
    World world = make_world(parts);
    const auto response = call(world, "GET", "/__sim/project");
    CHECK(at(response, "project.pipelines.0.blocks.0.dynamic") == "true");
    CHECK(at(response, "project.pipelines.0.blocks.0.dynamic_child") == "false");
    CHECK(at(response, "project.pipelines.0.blocks.1.dynamic_child") == "true");
    CHECK(at(response, "project.pipelines.0.blocks.0.conditional_blocks") == "[]");
    CHECK(at(response, "project.pipelines.0.blocks.1.conditional_blocks") == R"(["any"])");
    CHECK(at(response, "project.pipelines.0.blocks.1.retries") == "2");
}

TEST_CASE("/__sim says what it does not have") {
    World world = make_world();
    struct Case {
        std::string_view method, target;
        int status;
        std::string_view message;
    };
    const std::string missing =
        ": there is no such path (there are /__sim/project, /__sim/transitions, /__sim/pipeline_runs/{id}, "
        "/__sim/pipeline_runs/{id}/blocks/{uuid}, /__sim/block_runs/{id} and, where something drives the "
        "clock, /__sim/clock, /__sim/events, /__sim/snapshot, /__sim/journal, /__sim/compare and "
        "/__sim/at/{instant}/...)";
    const Case cases[] = {
        {"GET", "/__sim", 404, "/__sim"},
        {"GET", "/__sim/", 404, "/__sim/"},
        {"GET", "/__sim/clock?x=1", 404, "/__sim/clock"},
        {"POST", "/__sim/nothing", 404, "/__sim/nothing"},
        {"GET", "/__sim/pipeline_runs", 404, "/__sim/pipeline_runs"},
        {"GET", "/__sim/pipeline_runs/", 404, "/__sim/pipeline_runs/"},
        {"GET", "/__sim/pipeline_runs/1/block_runs", 404, "/__sim/pipeline_runs/1/block_runs"},
        {"GET", "/__sim/project/", 404, "/__sim/project/"},
        {"POST", "/__sim/project", 405, "POST /__sim/project: only GET is possible"},
    };
    for (const auto& [method, target, status, message] : cases) {
        INFO(method << " " << target);
        const auto response = call(world, method, target);
        CHECK(response.status == status);
        CHECK(at(response, "error.message") ==
              json::to_text(json::Value(std::string(message) + (status == 404 ? missing : ""))));
        CHECK(at(response, "error.code") == std::to_string(status));
        CHECK(at(response, "status") == std::to_string(status));
    }
    const auto options = call(world, "OPTIONS", "/__sim/project");
    CHECK(options.status == 204);
    CHECK(options.body.empty());
    CHECK(options.content_type == api::ContentType::none);
    CHECK(call(world, "GET", "/__simulator").body.find("404: Not Found") != std::string::npos);
}

TEST_CASE("bytes that are no request are answered in the error envelope, and change nothing") {
    World world = make_world();
    const std::uint64_t hash = world.hash();
    for (const std::string& bytes :
         {std::string(), std::string("GET"), std::string("GET /api\nno colon\n\n"), std::string("\n\n"),
          "GET /api/statuses\nX: " + std::string(api::kMaxHead, 'a') + "\n\n",
          "POST /api/x\n\n" + std::string(api::kMaxBody + 1, 'a')}) {
        INFO(bytes.substr(0, 30));
        const auto response = world.handle_bytes(bytes);
        CHECK(response.status == (bytes.size() > api::kMaxHead ? 413 : 400));
        CHECK(at(response, "error.code") == std::to_string(response.status));
        CHECK(at(response, "error.message").size() > 10);
    }
    CHECK(world.hash() == hash);
    CHECK(world.handle_bytes("GET /__sim/project\n\n").status == 200);
}
