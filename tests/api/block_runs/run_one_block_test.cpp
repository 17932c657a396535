#include "support/api_fixture.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kToken = "00000000000000000000000000000001";

}  // namespace

TEST_CASE("one block runs inside the request, and is recorded as a finished run", "[http-api 8.7]") {
    ApiFixture api;
    api.add_schedule({});
    const std::string body = R"({"run": {"pipeline_uuid": "chain", "block_uuid": "second", "variables": {"a": 1}}})";
    CHECK(api.body_of("POST /api/runs/" + kToken, body) == R"({"run": {"output": []}})");
    const Store& store = api.instance.store;
    REQUIRE(store.runs().size() == 1);
    CHECK(store.run(RunId{1})->status == RunStatus::completed);
    CHECK(store.run(RunId{1})->variables.json() == R"({"a": 1})");
    CHECK(store.run(RunId{1})->completed_at.has_value());
    REQUIRE(store.block_runs_count(RunId{1}) == 1);
    CHECK(store.block_run(BlockRunId{1})->status == BlockRunStatus::completed);
    CHECK(store.block_run(BlockRunId{1})->metrics.json() == R"({"a": 1})");
    CHECK(api.body_of("POST /api/runs",
                      R"({"run": {"pipeline_uuid": "chain", "block_uuid": "first", "record": false}})",
                      {{"Authorization", "Bearer " + kToken}}) == R"({"run": {"output": []}})");
    CHECK(store.runs().size() == 1);
}

TEST_CASE("a block that fails gives its own error and a failed run", "[http-api 8.7]") {
    ApiFixture api(Dialect::postgres,
                   ProjectBuilder().pipeline("diamond").block("load").fails("ValueError: boom").build());
    api.add_schedule({});
    CHECK(api.exception_of("POST /api/runs/" + kToken,
                           R"({"run": {"pipeline_uuid": "diamond", "block_uuid": "load"}})") == "boom");
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::failed);
    CHECK(api.instance.store.run(RunId{1})->completed_at.has_value());
    CHECK(api.instance.store.block_run(BlockRunId{1})->status == BlockRunStatus::failed);
    CHECK_FALSE(api.instance.store.block_run(BlockRunId{1})->dates.completed_at().has_value());
}

namespace {

// a -> b -> c, which put out a table, three values, and 5.
std::shared_ptr<const Project> project_with_outputs() {
    const auto puts_out = [](std::string_view value, bool table) {
        return [value, table](Block& block) { block.model.output = {json::Text(value), table}; };
    };
    Project project = *ProjectBuilder()
                           .pipeline("flow")
                           .block("a", {}, "data_loader")
                           .with(puts_out(R"({"columns": ["n", "t"], "rows": [[1, "x,y"], [2, null]]})", true))
                           .block("b", {"a"})
                           .with(puts_out(R"(["x", null, {"k": [1]}])", false))
                           .block("c", {"b"})
                           .with(puts_out("5", false))
                           .block("d", {"c"})
                           .build();
    project.repo_path = "/home/src/lab";
    return std::make_shared<const Project>(std::move(project));
}

}  // namespace

TEST_CASE("what a block puts out comes back where it runs", "[real-clients C3][http-api 5.13]") {
    ApiFixture api(Dialect::sqlite, project_with_outputs());
    api.add_schedule({.pipeline = "flow"});
    const auto run = [&api](const std::string& block, const std::string& more = "") {
        return api.body_of("POST /api/runs/" + kToken,
                           R"({"run": {"pipeline_uuid": "flow", "block_uuid": ")" + block + "\"" + more + "}}");
    };
    CHECK(run("a") == R"({"run": {"output": [[{"n": 1, "t": "x,y"}, {"n": 2, "t": null}]]}})");
    CHECK(run("b") == R"({"run": {"output": ["x", null, {"k": [1]}]}})");
    CHECK(run("c") == R"({"run": {"output": [5]}})");
    CHECK(run("d") == R"({"run": {"output": []}})");
    // Nothing of it is kept.
    CHECK(api.body_of("GET /api/block_runs/1/outputs") == R"({"outputs": [], "metadata": {}})");
    CHECK(api.body_of("GET /api/pipelines/flow/blocks/a").find(R"("outputs": []})") != std::string::npos);

    // With the blocks above, as in the notebook.
    CHECK(run("c", R"(, "run_upstream_blocks": true)") == R"({"run": {"output": [5]}})");
    const std::string a = api.body_of("GET /api/pipelines/flow/blocks/a");
    CHECK(a.find(R"("status": "executed")") != std::string::npos);
    CHECK(
        a.find(
            R"("outputs": [{"sample_data": {"columns": ["n", "t"], "rows": [[1, "x,y"], [2, null]]}, "shape": [2, 2], )"
            R"("type": "table", "variable_uuid": "output_0"}])") != std::string::npos);
    const std::string flow = api.body_of("GET /api/pipelines/flow");
    CHECK(flow.find(R"("outputs": [{"text_data": "x", "type": "text", "variable_uuid": "output_0"}, null, )"
                    R"({"sample_data": {"columns": ["k"], "rows": [[[1]]]}, "shape": [1, 1], "type": "table", )"
                    R"("variable_uuid": "output_2"}])") != std::string::npos);
    CHECK(api.body_of("GET /api/pipelines/flow/blocks/c")
              .starts_with(R"({"block": {"all_upstream_blocks_executed": true, )"));
    CHECK(api.body_of("GET /api/pipelines/flow/blocks/c").find(R"("status": null)") != std::string::npos);
    CHECK(api.body_of("GET /api/pipelines/flow/variables")
              .find(R"({"uuid": "output_0", "type": "pandas.DataFrame", "value": "DataFrame"})") != std::string::npos);
    CHECK(api.body_of("GET /api/pipelines/flow/block_outputs/a/downloads") == "n,t\n1,\"x,y\"\n2,");
    CHECK(api.body_of("GET /api/pipelines/flow/block_outputs/c/downloads").empty());
}

TEST_CASE("a completed block run shows what its block put out", "[real-clients C3][http-api 5.13]") {
    ApiFixture api(Dialect::sqlite, project_with_outputs());
    api.add_schedule({.pipeline = "flow"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/" + kToken);
    CHECK(api.body_of("GET /api/block_runs/1/outputs") == R"({"outputs": [], "metadata": {}})");
    api.advance(Duration::minutes(2));
    CHECK(api.body_of("GET /api/block_runs/1/outputs") ==
          R"({"outputs": [{"outputs": null, "sample_data": {"columns": ["n", "t"], "rows": [[1, "x,y"], [2, null]]}, )"
          R"("shape": [2, 2], "text_data": null, "type": "table", "variable_uuid": "output_0"}], "metadata": {}})");
    CHECK(
        api.body_of("GET /api/block_runs/2/outputs") ==
        R"({"outputs": [{"outputs": null, "sample_data": null, "shape": null, "text_data": "x", "type": "text", )"
        R"("variable_uuid": "output_0"}, {"outputs": null, "sample_data": null, "shape": null, "text_data": null, )"
        R"("type": null, "variable_uuid": null}, {"outputs": null, "sample_data": {"columns": ["k"], "rows": [[[1]]]}, )"
        R"("shape": [1, 1], "text_data": null, "type": "table", "variable_uuid": "output_2"}], "metadata": {}})");
    CHECK(api.body_of("GET /api/block_runs/4/outputs") == R"({"outputs": [], "metadata": {}})");
    CHECK(api.body_of("GET /api/pipelines/flow/block_outputs/a/downloads?pipeline_run_id=1") == "n,t\n1,\"x,y\"\n2,");
    CHECK(api.body_of("GET /api/pipelines/flow/block_outputs/a/downloads").empty());
}

TEST_CASE("a block above that fails ends the call, and those below do not run", "[real-clients C3]") {
    ApiFixture api(Dialect::sqlite, ProjectBuilder()
                                        .pipeline("diamond")
                                        .block("a")
                                        .block("b", {"a"})
                                        .fails("KeyError: b")
                                        .block("c", {"b"})
                                        .build());
    api.add_schedule({});
    CHECK(api.exception_of(
              "POST /api/runs/" + kToken,
              R"({"run": {"pipeline_uuid": "diamond", "block_uuid": "c", "run_upstream_blocks": true}})") == "b");
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::failed);
    const std::string blocks = api.body_of("GET /api/pipelines/diamond/blocks");
    CHECK(blocks.find(
              R"("status": "executed", "timeout": null, "type": "transformer", "upstream_blocks": [], "uuid": "a")") !=
          std::string::npos);
    CHECK(blocks.find(R"("status": "failed", "timeout": null, "type": "transformer", "upstream_blocks": ["a"])") !=
          std::string::npos);
}

TEST_CASE("what runs no block says why", "[http-api 8.7]") {
    ApiFixture api;
    api.add_schedule({});
    struct Case {
        std::string call;
        std::string body;
        std::string exception;
    };
    const std::string run = "POST /api/runs/" + kToken;
    const std::vector<Case> cases = {
        {"POST /api/runs", "{}", "Invalid token."},
        {"POST /api/runs/wrong", "{}", "No row was found when one was required"},
        {run, "{}", "join() argument must be str, bytes, or os.PathLike object, not 'NoneType'"},
        {run, "", "join() argument must be str, bytes, or os.PathLike object, not 'NoneType'"},
        {run, R"({"run": {"pipeline_uuid": "nope"}})", "Pipeline nope does not exist in repo_path /home/src/lab."},
        {run, R"({"run": {"pipeline_uuid": "chain", "block_uuid": "nope"}})",
         "{'code': 404, 'message': 'Record not found.', 'type': 'record_not_found'}"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.call, c.body);
        CHECK(api.exception_of(c.call, c.body) == c.exception);
    }
    api.add_schedule({});
    CHECK(api.exception_of(run, "{}") == "Multiple rows were found when exactly one was required");
    CHECK(api.instance.store.runs().size() == 0);
}
