#include "support/api_fixture.hpp"
#include "support/catch.hpp"

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
