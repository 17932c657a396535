#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("the blocks of a run are those of its pipeline", "[ui-calls C3]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    const std::string end = R"("retry_config": null, "status": null, "timeout": null, "type": )";
    const auto block = [&end](const std::string& uuid, const std::string& type, const std::string& up,
                              const std::string& down, const std::string& more) {
        return std::string(R"({"all_upstream_blocks_executed": )") + (up.empty() ? "true" : "false") +
               R"(, "color": null, "configuration": {}, "downstream_blocks": [)" + down +
               R"(], "executor_config": null, "executor_type": "local_python", "has_callback": null, "name": ")" +
               uuid + R"(", "language": "python", )" + end + '"' + type + R"(", "upstream_blocks": [)" + up +
               R"(], "uuid": ")" + uuid + '"' + more + "}";
    };
    const auto all = [&block](const std::string& more) {
        return R"({"blocks": [)" + block("load", "data_loader", "", R"("left", "right")", more) + ", " +
               block("left", "transformer", R"("load")", R"("export")", more) + ", " +
               block("right", "transformer", R"("load")", R"("export")", more) + ", " +
               block("export", "data_exporter", R"("left", "right")", "", more) +
               R"(], "metadata": {"count": 4, "next": false}})";
    };
    CHECK(api.body_of("GET /api/pipeline_runs/1/blocks?_limit=100") == all(R"(, "tags": [])"));
    CHECK(api.body_of("GET /api/pipelines/diamond/blocks") == all(""));
    CHECK(api.body_of("GET /api/pipeline_runs/1/blocks?_limit=1&_offset=3") ==
          R"({"blocks": [)" + block("export", "data_exporter", R"("left", "right")", "", R"(, "tags": [])") +
              R"(], "metadata": {"count": 4, "next": false}})");
    CHECK(api.body_of("GET /api/pipeline_runs/9/blocks") ==
          R"({"blocks": [], "metadata": {"count": 0, "next": false}})");
    CHECK(api.body_of("GET /api/blocks") == R"({"blocks": [], "metadata": {"count": 0, "next": false}})");
    CHECK(api.body_of("GET /api/pipelines/diamond/blocks?block_uuid[]=export,nope") ==
          R"({"blocks": [)" + block("export", "data_exporter", R"("left", "right")", "", "") +
              R"(], "metadata": {"count": 1, "next": false}})");
    CHECK(api.exception_of("GET /api/pipelines/diamond/blocks?block_uuid[]=true") ==
          "'bool' object has no attribute 'split'");
}

TEST_CASE("the blocks of a run that multiply stand together, and name their children", "[ui-calls C3]") {
    Project project = *ProjectBuilder()
                           .pipeline("fanout")
                           .block("make", {}, "data_loader")
                           .dynamic(2)
                           .block("each", {"make"})
                           .reduces()
                           .block("collect", {"each"}, "data_exporter")
                           .build();
    project.repo_path = "/home/src/lab";
    ApiFixture api(Dialect::postgres, std::make_shared<const Project>(std::move(project)));
    api.add_schedule({.pipeline = "fanout"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::minutes(5));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::completed);
    const auto block = [](const std::string& uuid, const std::string& type, const std::string& up,
                          const std::string& children, const std::string& tags) {
        return R"({"configuration": {}, "language": "python", "name": ")" + uuid + R"(", "type": ")" + type +
               R"(", "downstream_blocks": [], "upstream_blocks": [)" + up + R"(], "description": ")" + children +
               R"(", "tags": [)" + tags + R"(], "uuid": ")" + uuid + "\"}";
    };
    CHECK(api.body_of("GET /api/pipeline_runs/1/blocks") ==
          R"({"blocks": [)" + block("make", "data_loader", "", "", R"("dynamic")") + ", " +
              block("each", "transformer", R"("make")", "each:0, each:1", R"("dynamic_child", "reduce_output")") +
              ", " + block("collect", "data_exporter", R"("each")", "", "") +
              R"(], "metadata": {"count": 3, "next": false}})");
}
