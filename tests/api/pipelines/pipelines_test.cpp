#include "base/date/date_text.hpp"
#include "lifecycle/blocks/code_files.hpp"
#include "lifecycle/rows/create_run.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string act(ApiFixture& api, const std::string& fields) {
    return api.body_of("PUT /api/pipelines/diamond", "{\"pipeline\": {" + fields + "}}");
}

RunStatus status_of(const ApiFixture& api, std::uint32_t run) { return api.instance.store.run(RunId{run})->status; }

std::shared_ptr<const Project> project_with_file() {
    Project project = *small_project();
    project.pipelines.back().metadata = json::Text(std::string_view(
        R"({"uuid": "diamond", "name": "Diamond", "description": "load, transform, export", "retry_config": {"retries": 2}, "tags": ["red"], )"
        R"("blocks": [{"uuid": "load", "name": "load", "type": "data_loader", "language": "python", "downstream_blocks": ["left"]}]})"));
    return std::make_shared<const Project>(std::move(project));
}

}  // namespace

TEST_CASE("a pipeline is shown as its file has it", "[http-api 5.9]") {
    ApiFixture api(Dialect::sqlite, project_with_file());
    api.add_schedule({});
    // The list comes out of a cache; a name that no block has is dropped.
    const auto start = [](const std::string& retry) {
        return R"({"cache_block_output_in_memory": false, "concurrency_config": {}, "created_at": null, "data_integration": null, )"
               R"("description": "load, transform, export", "executor_config": {}, "executor_count": 1, "executor_type": null, )"
               R"("name": "Diamond", "notification_config": {}, "remote_variables_dir": null, "retry_config": )" +
               retry +
               R"(, "run_pipeline_in_one_process": false, "settings": {"triggers": null}, "tags": ["red"], "type": "python", "uuid": "diamond", )"
               R"("variables_dir": "/root/.mage_data/lab", "spark_config": {}, "blocks": [{"all_upstream_blocks_executed": true, "color": null, )"
               R"("configuration": {}, "downstream_blocks": [], "executor_config": null, "executor_type": "local_python", "has_callback": null, )"
               R"("name": "load", "language": "python", "retry_config": null, "status": null, "timeout": null, )"
               R"("type": "data_loader", "upstream_blocks": [], "uuid": "load")";
    };
    const std::string end = R"("callbacks": [], "conditionals": [], "widgets": [], )";
    const std::string updated = R"("updated_at": "2025-12-31T23:59:59.999999+00:00"})";
    const std::string schedules =
        R"("schedules": [{"created_at": "2026-01-01T00:00:00", "id": 1, "name": "hook", "pipeline_uuid": "diamond", )"
        R"("schedule_interval": null, "schedule_type": "api", "start_time": null, "status": "active", "updated_at": "2026-01-01T00:00:00"}], )";
    CHECK(api.body_of("GET /api/pipelines?tag[]=red") ==
          "{\"pipelines\": [" + start("{}") + "}], " + end + updated +
              "], \"metadata\": {\"count\": 1, \"results\": 1, \"next\": null}}");
    CHECK(api.body_of("GET /api/pipelines?tag[]=red&include_schedules=1").find(end + schedules + updated) !=
          std::string::npos);
    CHECK(
        api.body_of("GET /api/pipelines/diamond") ==
        "{\"pipeline\": " + start(R"({"retries": 2})") +
            R"(, "callback_blocks": [], "conditional_blocks": [], "content": "", "outputs": [], "metadata": {}, "tags": []}], )" +
            end + "\"extensions\": {}, " + updated + ", \"metadata\": null}");
    CHECK(api.body_of("GET /api/pipelines/diamond?includes_content=false&includes_outputs=false")
              .find(R"("conditional_blocks": [], "metadata": {}, "tags": []})") != std::string::npos);
    CHECK(api.exception_of("GET /api/pipelines/nope") == "Pipeline nope does not exist.");
    CHECK(api.body_of("GET /api/pipelines/dia%256Dond")
              .starts_with("{\"pipeline\": "));  // decoded twice (http-api.md 1.5)
}

TEST_CASE("what follows for a block from the others is shown in detail, and the list forgets how blocks are set up",
          "[http-api 5.9]") {
    Project project = *ProjectBuilder()
                           .pipeline("fanout")
                           .block("make", {}, "data_loader")
                           .dynamic(2)
                           .block("each", {"make"})
                           .reduces()
                           .conditional("gate", true)
                           .callback("tell")
                           .build();
    project.pipelines[0].metadata = json::Text(std::string_view(
        R"({"uuid": "fanout", "concurrency_config": {"block_run_limit": 2}, "blocks": [{"uuid": "make", "configuration": {"dynamic": true}}, {"uuid": "each", "upstream_blocks": ["make"], )"
        R"("retry_config": {"retries": 1}}], "conditionals": [{"uuid": "gate", "upstream_blocks": ["each"]}]})"));
    const json::Value file = project.pipelines[0].metadata.value();
    index_code(*file.object(), {}, {}, project.code);
    ApiFixture api(Dialect::postgres, std::make_shared<const Project>(std::move(project)));
    const std::string detail = api.body_of("GET /api/pipelines/fanout");
    CHECK(detail.find(R"("configuration": {"dynamic": true})") != std::string::npos);
    CHECK(
        detail.find(
            R"("callback_blocks": [], "conditional_blocks": [], "content": "", "outputs": [], "metadata": {}, "tags": ["dynamic"]})") !=
        std::string::npos);
    CHECK(
        detail.find(
            R"("callback_blocks": ["tell"], "conditional_blocks": ["gate"], "content": "", "outputs": [], "metadata": {}, )"
            R"("tags": ["dynamic_child", "reduce_output"]})") != std::string::npos);
    const std::string list = api.body_of("GET /api/pipelines");
    CHECK(list.find("dynamic") == std::string::npos);
    CHECK(list.find(R"("conditionals": [])") != std::string::npos);
    CHECK(list.find(R"("concurrency_config": {})") != std::string::npos);
    CHECK(detail.find(R"("concurrency_config": {"block_run_limit": 2})") != std::string::npos);
    CHECK(detail.find(R"("conditionals": [{)") != std::string::npos);
    CHECK(list.find(R"("retry_config": null, "status": null)") != std::string::npos);
}

TEST_CASE("what the list's cache does not have comes last on its page, in full", "[real-projects A1][http-api 5.9]") {
    Project project = *small_project();
    const auto file = [](std::string_view more) {
        return json::Text(std::string(R"({"executor_count": 3, "concurrency_config": {"block_run_limit": 2})") +
                          std::string(more) + R"(, "blocks": [{"uuid": "a", "color": "teal"}]})");
    };
    project.pipelines[0].metadata = file(R"(, "uuid": "elsewhere")");  // chain
    project.pipelines[1].metadata = file(R"(, "uuid": "diamond")");
    ApiFixture api(Dialect::sqlite, std::make_shared<const Project>(std::move(project)));
    const std::string list = api.body_of("GET /api/pipelines");
    const std::size_t chain = list.find(R"("uuid": "chain")");
    CHECK(list.find(R"("uuid": "diamond")") < chain);
    CHECK(list.find(R"("color": "teal")") > list.find(R"("uuid": "diamond")"));
    CHECK(list.find(R"("concurrency_config": {})") < list.find(R"("concurrency_config": {"block_run_limit": 2})"));
    CHECK(api.body_of("GET /api/pipelines?type[]=python").find(R"("uuid": "chain")") == std::string::npos);
    // Only streaming pipelines have executors of a number; a pipeline without a name cannot be renamed.
    CHECK(list.find(R"("executor_count": 3)") == std::string::npos);
    CHECK(
        api.body_of("PUT /api/pipelines/diamond", R"({"pipeline": {"name": "New", "description": "d"}})")
            .find(
                R"("description": "d", "executor_config": {}, "executor_count": 1, "executor_type": null, "name": null)") !=
        std::string::npos);
    CHECK(api.body_of("GET /api/pipelines/diamond").starts_with(R"({"pipeline": {)"));
}

TEST_CASE("pipelines come in the order of their uuids, in pages", "[http-api 5.9]") {
    ApiFixture api;
    const auto uuids = [&api](const std::string& query) {
        const std::string body = api.body_of("GET /api/pipelines" + query);
        const std::size_t chain = body.find("\"uuid\": \"chain\"");
        const std::size_t diamond = body.find("\"uuid\": \"diamond\"");
        std::string shown;
        if (chain != std::string::npos) shown += "chain ";
        if (diamond != std::string::npos)
            shown += chain < diamond || chain == std::string::npos ? "diamond " : "disorder ";
        return shown + body.substr(body.rfind("\"metadata\": ") + 12);
    };
    CHECK(uuids("") == R"(chain diamond {"count": 2, "results": 2, "next": null}})");
    CHECK(uuids("?_limit=0") == R"(chain diamond {"count": 2, "results": 2, "next": 0}})");
    CHECK(uuids("?_limit=1") == R"(chain {"count": 2, "results": 1, "next": true}})");
    CHECK(uuids("?_limit=1&_offset=1") == R"(diamond {"count": 2, "results": 1, "next": false}})");
    CHECK(uuids("?type[]=streaming") == R"({"count": 0, "results": 0, "next": null}})");
    CHECK(uuids("?tag[]=blue,x") == R"(diamond {"count": 1, "results": 1, "next": null}})");
}

TEST_CASE("a pipeline's status switches its schedules", "[http-api 7.5]") {
    ApiFixture api;
    api.add_schedule({.status = ScheduleStatus::inactive});
    api.add_schedule({.pipeline = "chain"});
    act(api, R"("status": "active")");
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::active);
    CHECK_FALSE(api.instance.store.schedule(ScheduleId{1})->last_enabled_at.has_value());
    act(api, R"("status": "inactive")");
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::inactive);
    CHECK(api.instance.store.schedule(ScheduleId{2})->status == ScheduleStatus::active);
    CHECK(act(api, R"("status": "bogus")").starts_with("{\"pipeline\": {\"cache_block_output_in_memory\""));
}

TEST_CASE("runs are cancelled by list, by schedule or all of them", "[http-api 8.3][Q30]") {
    ApiFixture api;
    const ScheduleId first = api.add_schedule({});
    const ScheduleId second = api.add_schedule({});
    const ScheduleId other = api.add_schedule({.pipeline = "chain"});
    for (int i = 0; i < 4; ++i)
        api.add_run(i < 3 ? first : second, "2024-01-01", i == 1 ? RunStatus::completed : RunStatus::running);
    api.add_run(other, "2024-01-01", RunStatus::running);  // 5
    api.instance.store.update(RunId{3}, [](Run& row) { row.passed_sla = true; });

    act(api, R"("status": "cancelled", "pipeline_runs": [])");
    CHECK(status_of(api, 1) == RunStatus::running);
    act(api, R"("status": "cancelled", "pipeline_schedule_id": 1)");
    CHECK(status_of(api, 1) == RunStatus::cancelled);
    CHECK(status_of(api, 2) == RunStatus::completed);
    CHECK(status_of(api, 3) == RunStatus::running);
    act(api, R"("status": "cancelled", "pipeline_runs": [{"id": 3}, {"id": 99}])");
    CHECK(status_of(api, 3) == RunStatus::cancelled);
    CHECK(status_of(api, 4) == RunStatus::running);
    act(api, R"("status": "cancelled")");
    CHECK(status_of(api, 4) == RunStatus::cancelled);
    CHECK(status_of(api, 5) == RunStatus::running);
}

TEST_CASE("a retry makes a new run with the old date and variables", "[http-api 8.3]") {
    ApiFixture api;
    api.add_schedule({});
    const std::string run =
        R"({"id": 7, "pipeline_uuid": "diamond", "pipeline_schedule_id": 1, "execution_date": "2024-01-02 03:04:05+00:00")";
    act(api, R"("status": "retry", "pipeline_runs": [)" + run + R"(, "variables": {"execution_partition": "1/old"}}])");
    const Run* made = api.instance.store.run(RunId{1});
    REQUIRE(made);
    CHECK(made->variables.json() == R"({"execution_partition": "1/old"})");
    CHECK(made->event_variables.json() == "{}");
    CHECK(date_text(*made->execution_date, DateStyle::space) == "2024-01-02 03:04:05");
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 0);
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({"id": 7})", "'pipeline_uuid'"},
        {R"({"id": 7, "pipeline_uuid": "gone", "pipeline_schedule_id": 1, "execution_date": "x"})",
         "Pipeline gone is not a valid pipeline."},
        {R"({"id": 7, "pipeline_uuid": "chain", "pipeline_schedule_id": 1, "execution_date": "x"})",
         "Invalid isoformat string: 'x'"},
    };
    for (const auto& [fields, exception] : cases) {
        CAPTURE(fields);
        CHECK(api.exception_of("PUT /api/pipelines/diamond",
                               R"({"pipeline": {"status": "retry", "pipeline_runs": [)" + fields + "]}}") == exception);
    }
    act(api, R"("status": "retry", "pipeline_runs": [])");
    CHECK(api.instance.store.runs().size() == 1);
}

TEST_CASE("failed runs with incomplete block runs start anew", "[http-api 8.3]") {
    ApiFixture api;
    const ScheduleId schedule = api.add_schedule({});
    const RunId failed = api.add_run(schedule, "2024-01-01", RunStatus::failed);
    REQUIRE(create_block_runs(api.instance, failed).ok());
    api.instance.store.update(BlockRunId{1}, [](BlockRun& row) { row.status = BlockRunStatus::completed; });
    api.instance.store.update(BlockRunId{2}, [](BlockRun& row) { row.status = BlockRunStatus::failed; });
    api.add_run(schedule, "2024-01-02", RunStatus::failed);  // without block runs
    act(api, R"("status": "retry_incomplete_block_runs")");
    CHECK(status_of(api, 1) == RunStatus::initial);
    CHECK(status_of(api, 2) == RunStatus::failed);
    CHECK(api.instance.store.block_run(BlockRunId{1})->status == BlockRunStatus::completed);
    CHECK(api.instance.store.block_run(BlockRunId{2})->status == BlockRunStatus::initial);
}
