#include "json/parse.hpp"
#include "lifecycle/requests/edit_project_files.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string create(ApiFixture& api, const std::string& fields) {
    return api.body_of("POST /api/pipelines", "{\"pipeline\": {" + fields + "}}");
}
std::string create_exception(ApiFixture& api, const std::string& fields) {
    return api.exception_of("POST /api/pipelines", "{\"pipeline\": {" + fields + "}}");
}

std::string uuids(ApiFixture& api, const std::string& query = "") {
    const auto answer = json::parse(api.body_of("GET /api/pipelines" + query));
    std::string shown;
    for (const json::Value& pipeline : *answer->object()->find("pipelines")->array()) {
        if (!shown.empty()) shown += ' ';
        shown += *pipeline.object()->find("uuid")->string();
    }
    return shown;
}

}  // namespace

TEST_CASE("a pipeline is created empty", "[http-api 13]") {
    ApiFixture api(Dialect::sqlite);
    CHECK(
        create(api, R"("name": "New One", "type": "python")") ==
        R"({"pipeline": {"cache_block_output_in_memory": false, "concurrency_config": {}, "created_at": "2026-01-01 00:00:00.000001+00:00", )"
        R"("data_integration": null, "description": null, "executor_config": {}, "executor_count": 1, "executor_type": null, )"
        R"("name": "New One", "notification_config": {}, "remote_variables_dir": null, "retry_config": {}, )"
        R"("run_pipeline_in_one_process": false, "settings": {"triggers": null}, "tags": [], "type": "python", "uuid": "new_one", )"
        R"("variables_dir": "/root/.mage_data/lab", "spark_config": {}, "blocks": [], "callbacks": [], "conditionals": [], "widgets": [], )"
        R"("updated_at": "2026-01-01T00:00:00.000001+00:00"}, "metadata": null})");
    CHECK(create(api, R"("name": "Strange N\u00e4me!", "type": "streaming", "description": "dd", "tags": ["x"])")
              .find(R"("tags": ["x"], "type": "streaming", "uuid": "strange_n\u00e4me_")") != std::string::npos);
    CHECK(create(api, R"("name": "9 lives")").find(R"("uuid": "letter_9_lives")") != std::string::npos);
    CHECK(uuids(api) == "chain diamond letter_9_lives new_one strange_n\xc3\xa4me_");
    // An empty pipeline runs like any other.
    api.add_schedule({.pipeline = "new_one"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::minutes(1));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::completed);
}

TEST_CASE("a pipeline that cannot be created is refused, with the field that is wrong", "[http-api 5.9]") {
    ApiFixture api;
    create(api, R"("name": "New One")");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"("name": "New One")", "Pipeline New One already exists."},
        {R"("name": "new one")", "Pipeline new one already exists."},
        {"", "'NoneType' object has no attribute 'replace'"},
        {R"("clone_pipeline_uuid": "nope")", "Pipeline nope does not exist in repo_path /home/src/lab."},
        {R"("name": 3)", "pipeline.name: 3 is not a text"},
        {R"("name": "x", "type": "nope")", "pipeline.type: 'nope' is not a type of pipeline"},
        {R"("name": "x", "tags": "red")", "pipeline.tags: 'red' is not a list of texts"},
        {R"("name": "x", "tags": [1])", "pipeline.tags: 1 is not a text"},
    };
    for (const auto& [fields, exception] : cases) {
        CAPTURE(fields);
        CHECK(create_exception(api, fields) == exception);
    }
    CHECK(uuids(api) == "chain diamond new_one");
}

TEST_CASE("a copy has the blocks of its pipeline, and runs") {
    ApiFixture api;
    CHECK(create(api, R"("clone_pipeline_uuid": "diamond")").find(R"("name": "diamond_copy")") != std::string::npos);
    CHECK(create(api, R"("clone_pipeline_uuid": "diamond")").find(R"("uuid": "diamond_copy_4")") != std::string::npos);
    CHECK(create(api, R"("clone_pipeline_uuid": "diamond_copy", "name": "twin")").find(R"("tags": ["red", "blue"])") !=
          std::string::npos);
    CHECK(uuids(api) == "chain diamond diamond_copy diamond_copy_4 twin");
    api.add_schedule({.pipeline = "twin"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::minutes(2));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::completed);
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 4);
}

TEST_CASE("an update renames a pipeline, and what belongs to it follows") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00", RunStatus::completed);
    const std::string answer = api.body_of(
        "PUT /api/pipelines/diamond", R"({"pipeline": {"name": "Jewel Box", "description": "shines", "tags": ["q"]}})");
    CHECK(answer.find(R"("description": "shines")") != std::string::npos);
    CHECK(answer.find(R"("uuid": "jewel_box")") != std::string::npos);
    CHECK(answer.find("\"extensions\"") == std::string::npos);  // only a pipeline that keeps its name shows them
    CHECK(uuids(api) == "chain jewel_box");
    CHECK(api.ids_of("GET /api/pipeline_runs?pipeline_uuid=jewel_box") == "1");
    CHECK(api.ids_of("GET /api/pipelines/jewel_box/pipeline_schedules") == "1");
    CHECK(api.exception_of("GET /api/pipelines/diamond") == "Pipeline diamond does not exist.");
    CHECK(api.exception_of("PUT /api/pipelines/chain", R"({"pipeline": {"name": "jewel box"}})") ==
          "Pipeline jewel_box already exists. Choose a different name.");
    // What a client sends back unchanged changes nothing.
    const Instant before = api.instance.now;
    api.body_of(
        "PUT /api/pipelines/chain",
        R"({"pipeline": {"name": "chain", "uuid": "chain", "description": null, "tags": [], "type": "python"}})");
    CHECK(api.instance.now == before);
    CHECK(api.body_of("PUT /api/pipelines/chain", R"({"pipeline": {"description": "d"}})").find("\"extensions\": {}") !=
          std::string::npos);
}

TEST_CASE("a deleted pipeline leaves its schedules and runs behind; an attempt under way ends without a word") {
    ApiFixture api;
    api.add_schedule({});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::milliseconds(800));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::running);
    CHECK(api.instance.store.block_run(BlockRunId{1})->status == BlockRunStatus::running);
    CHECK(api.body_of("DELETE /api/pipelines/diamond").ends_with("\"updated_at\": null}, \"metadata\": null}"));
    CHECK(uuids(api) == "chain");
    api.advance(Duration::minutes(10));
    CHECK(api.instance.store.block_run(BlockRunId{1})->status == BlockRunStatus::running);
    CHECK(api.ids_of("GET /api/pipeline_schedules") == "1");
    CHECK(api.ids_of("GET /api/pipeline_runs") == "1");
    CHECK(api.exception_of("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001") ==
          "Pipeline diamond does not exist in repo_path /home/src/lab.");
    CHECK(api.exception_of("DELETE /api/pipelines/diamond") == "Pipeline diamond does not exist.");
}

TEST_CASE("pipelines are searched, filtered by their schedules, and ordered") {
    ApiFixture api;
    create(api, R"("name": "empty")");
    api.add_schedule({.status = ScheduleStatus::inactive});
    api.add_schedule({.pipeline = "chain"});
    api.add_schedule({.pipeline = "chain", .status = ScheduleStatus::inactive});
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"?search=AI", "chain"},
        {"?search=", "chain diamond empty"},
        {"?status[]=active&include_schedules=1", "chain"},
        {"?status[]=inactive,no_schedules&include_schedules=1", "diamond empty"},
        {"?status[]=active", "chain diamond empty"},
        {"?_order_by[]=-name", "empty diamond chain"},
        {"?_order_by[]=blocks", "empty chain diamond"},
        {"?_order_by[]=-triggers", "chain diamond empty"},
        {"?_order_by[]=Updated%20At", "chain diamond empty"},
        {"?_order_by[]=nonsense", "chain diamond empty"},
        {"?_order_by[]=-blocks&_limit=1&_offset=1", "chain"},
    };
    for (const auto& [query, shown] : cases) {
        CAPTURE(query);
        CHECK(uuids(api, query) == shown);
    }
}

TEST_CASE("pipelines that calls made and changed are there again after a restore") {
    ApiFixture api;
    create(api, R"("name": "New One", "description": "n")");
    api.body_of("PUT /api/pipelines/diamond", R"({"pipeline": {"name": "jewel"}})");
    create(api, R"("clone_pipeline_uuid": "jewel", "name": "twin")");
    create(api, R"("clone_pipeline_uuid": "new_one", "name": "second")");
    api.send("DELETE /api/pipelines/chain");
    const std::string before = api.body_of("GET /api/pipelines") + api.body_of("GET /api/pipelines/twin");

    Instance again = api.instance;
    set_project(again, small_project());
    restore_files(again);
    api.instance = std::move(again);
    CHECK(api.body_of("GET /api/pipelines") + api.body_of("GET /api/pipelines/twin") == before);
    CHECK(uuids(api) == "jewel new_one second twin");
}
