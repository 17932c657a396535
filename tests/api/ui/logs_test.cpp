#include "json/parse.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kLogs = "GET /api/pipelines/diamond/logs";

// "<names of block run files>|<names of pipeline run files> <totals>"
std::string files_of(ApiFixture& api, const std::string& query) {
    const std::string body = api.body_of(kLogs + query);
    const auto answer = json::parse(body);
    const json::Value* logs = answer && answer->object() ? answer->object()->find("logs") : nullptr;
    if (!logs) return body;
    const json::Object& log = *(*logs->array())[0].object();
    std::string shown;
    for (const char* const key : {"block_run_logs", "pipeline_run_logs"}) {
        for (const json::Value& file : *log.find(key)->array()) shown += *file.object()->find("name")->string() + " ";
        shown += "| ";
    }
    return shown + std::to_string(*log.find("total_block_run_log_count")->integer()) + " " +
           std::to_string(*log.find("total_pipeline_run_log_count")->integer());
}

}  // namespace

TEST_CASE("a pipeline's logs are files of its runs and block runs", "[http-api 5.9]") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({});
    api.add_schedule({.name = "other", .pipeline = "chain"});
    CHECK(
        api.body_of(kLogs) ==
        R"({"logs": [{"block_run_logs": [], "pipeline_run_logs": [], "total_block_run_log_count": 0, "total_pipeline_run_log_count": 0}], "metadata": {}})");
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.send("POST /api/pipeline_schedules/2/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::seconds(60));
    REQUIRE(api.instance.store.run(RunId{1})->status == RunStatus::completed);
    CHECK(files_of(api, "") == "export.log right.log left.log load.log | scheduler.log | 4 1");
    CHECK(files_of(api, "?_limit=1") == "export.log | scheduler.log | 4 1");
    CHECK(files_of(api, "?_limit=2&_offset=3") == "load.log | | 4 1");
    CHECK(files_of(api, "?block_uuid[]=load,right") == "right.log load.log | | 2 0");
    CHECK(files_of(api, "?block_run_id[]=2") == "left.log | | 1 0");
    CHECK(files_of(api, "?pipeline_run_id[]=1") == "export.log right.log left.log load.log | scheduler.log | 4 1");
    CHECK(files_of(api, "?pipeline_run_id[]=2") == "| | 0 0");
    CHECK(files_of(api, "?pipeline_schedule_id[]=1,5") ==
          "export.log right.log left.log load.log | scheduler.log | 4 1");
    CHECK(files_of(api, "?start_timestamp=1767225700") == "| | 0 0");
    CHECK(files_of(api, "?start_timestamp=1767225600&end_timestamp=1767225700") ==
          "export.log right.log left.log load.log | scheduler.log | 4 1");
    CHECK(api.body_of(kLogs + "?start_timestamp=x").find("Value is invalid for start_timestamp.") != std::string::npos);
    const std::string body = api.body_of(kLogs + "?block_uuid[]=load");
    CHECK(body.find("\"name\": \"load.log\", \"path\": \"") != std::string::npos);
    CHECK(body.find("\\\"message\\\": \\\"Start executing block with BlockExecutor.\\\"") != std::string::npos);
}

TEST_CASE("the logs of a block run are the words of a log's keys", "[http-api 5.9]") {
    ApiFixture api;
    api.add_schedule({});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    const std::string body = api.body_of("GET /api/block_runs/1/logs");
    CHECK(body.starts_with(
        R"({"logs": [{"block_run_logs": "name", "pipeline_run_logs": "name", "total_block_run_log_count": "name", )"
        R"("total_pipeline_run_log_count": "name"}, {"block_run_logs": "path", )"));
    CHECK(body.ends_with(R"("total_pipeline_run_log_count": "content"}], "metadata": {}})"));
    CHECK(api.body_of("GET /api/logs") == R"({"logs": [], "metadata": {}})");
}
