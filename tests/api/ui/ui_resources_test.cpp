#include "support/api_fixture.hpp"
#include "support/catch.hpp"

// What the real server's user interface asks for besides runs (ui-calls.md D): answers as a stock server gives
// them.
using namespace runsim;
using namespace runsim::test;

TEST_CASE("tags are those of schedules, with ids, and those of pipelines") {
    ApiFixture api;
    api.add_schedule({});
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"tags": ["b1", "a1"]}})");
    const std::string a1 = R"({"description": null, "id": 2, "name": "a1", "uuid": "a1"})";
    const std::string b1 = R"({"description": null, "id": 1, "name": "b1", "uuid": "b1"})";
    const std::string blue = R"({"description": null, "id": null, "name": "blue", "uuid": "blue"})";
    const std::string red = R"({"description": null, "id": null, "name": "red", "uuid": "red"})";
    CHECK(api.body_of("GET /api/tags") == "{\"tags\": [" + a1 + ", " + b1 + ", " + blue + ", " + red +
                                              R"(], "metadata": {"count": 4, "next": false}})");
    CHECK(api.body_of("GET /api/tags?_limit=1&_offset=1") ==
          "{\"tags\": [" + b1 + R"(], "metadata": {"count": 4, "next": true}})");
    CHECK(api.body_of("GET /api/tags?_limit=0") == R"({"tags": [], "metadata": {"count": 4, "next": true}})");
    CHECK(api.body_of("GET /api/tags?_offset=9") == R"({"tags": [], "metadata": {"count": 4, "next": false}})");

    // A tag that no schedule has any more remains, and is no new one when it comes back.
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"tags": []}})");
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"tags": ["c1", "a1"]}})");
    CHECK(api.body_of("GET /api/tags").find(R"("id": 2, "name": "a1")") != std::string::npos);
    CHECK(api.body_of("GET /api/tags").find(R"("id": 3, "name": "c1")") != std::string::npos);
    CHECK(api.exception_of("POST /api/tags", R"({"tag": {"name": "x"}})") ==
          "runsim does not simulate the create action of tags.");
}

TEST_CASE("a pipeline's variables are its global ones") {
    Project project = *small_project();
    project.pipelines.back().variables =
        json::Text(std::string_view(R"({"region": "eu", "n": 3, "on": true, "list": [1], "none": null})"));
    ApiFixture api(Dialect::postgres, std::make_shared<const Project>(std::move(project)));
    const std::string start = R"({"variables": [{"block": {"uuid": "global"}, "name": null, "pipeline": {"uuid": )";
    CHECK(
        api.body_of("GET /api/pipelines/diamond/variables?global_only=true") ==
        start +
            R"("diamond"}, "value": null, "variables": [{"uuid": "region", "type": "<class 'str'>", "value": "eu"}, )"
            R"({"uuid": "n", "type": "<class 'int'>", "value": 3}, {"uuid": "on", "type": "<class 'bool'>", "value": true}, )"
            R"({"uuid": "list", "type": "<class 'list'>", "value": [1]}, {"uuid": "none", "type": "<class 'NoneType'>", "value": null}]}], )"
            R"("metadata": {}})");
    CHECK(api.body_of("GET /api/pipelines/chain/variables") ==
          start + R"("chain"}, "value": null, "variables": []}], "metadata": {}})");
    CHECK(api.exception_of("GET /api/variables") == "'NoneType' object has no attribute 'uuid'");
}

TEST_CASE("the project shows its features, and keeps what is put") {
    ApiFixture api(Dialect::sqlite);
    const std::string off =
        R"("add_new_block_v2": null, "automatic_kernel_cleanup": null, "code_block_v2": null, "command_center": null, )"
        R"("compute_management": null, "custom_design": null, "data_integration_in_batch_pipeline": null, "dbt_v2": null, )"
        R"("global_hooks": null, "interactions": null, )";
    const std::string rest = R"("notebook_block_output_split_view": null, "operation_history": null, "polars": null)";
    const auto shown = [&](const std::string& zone, const std::string& defined, const std::string& help,
                           const std::string& pipelines) {
        return R"({"emr_config": null, "features": {)" + off + R"("display_local_timezone": )" + zone + ", " + rest +
               R"(}, "features_defined": {)" + defined + R"(}, "features_override": {}, "help_improve_mage": )" + help +
               R"(, "latest_version": "0.9.79", "name": "lab", "openai_api_key": null, "pipelines": )" + pipelines +
               R"(, "platform_settings": null, "project_uuid": "0123456789abcdef0123456789abcdef", "projects": {}, )"
               R"("remote_variables_dir": null, "repo_path": "/home/src/lab", "root_project": false, "settings": null, )"
               R"("spark_config": null, "version": "0.9.79", "workspace_config_defaults": {}})";
    };
    CHECK(api.body_of("GET /api/projects") ==
          "{\"projects\": [" + shown("null", "", "null", "null") + "], \"metadata\": {}}");
    const std::string defined = R"("display_local_timezone": true)";
    CHECK(api.body_of("PUT /api/projects/whatever",
                      R"({"project": {"features": {"display_local_timezone": true, "polars": null}}})") ==
          "{\"project\": " + shown("true", defined, "null", "null") + ", \"metadata\": null}");
    const std::string pipelines = R"({"settings": {"triggers": {"save_in_code_automatically": false}}})";
    api.body_of("PUT /api/projects/lab",
                R"({"project": {"help_improve_mage": false, "unknown": 1, "pipelines": )" + pipelines + "}}");
    CHECK(api.body_of("GET /api/projects") ==
          "{\"projects\": [" + shown("true", defined, "false", pipelines) + "], \"metadata\": {}}");
    CHECK(api.body_of("DELETE /api/projects/lab") ==
          "{\"project\": " + shown("true", defined, "false", pipelines) + ", \"metadata\": null}");
    CHECK(api.body_of("GET /api/projects/lab").find("The detail action is disabled for projects.") !=
          std::string::npos);
    CHECK(api.exception_of("PUT /api/projects/lab", R"({"project": {"features": 3}})") ==
          "'int' object has no attribute 'items'");
}

TEST_CASE("features that are not set up answer as on a stock server") {
    ApiFixture api;
    const std::string page =
        R"({"category": null, "disabled": null, "enabled": null, "operation": "list", "parent": null, "resource": "pipeline", )"
        R"("uuid": "pipeline:list", "version": 1)";
    const std::string branch =
        R"({"git_branch": {"files": {}, "is_git_integration_enabled": null, "modified_files": [], "name": null, "staged_files": [], )"
        R"("sync_config": {}, "untracked_files": []}, "metadata": null})";
    const std::string design =
        R"({"custom_design": {"components": null, "pages": null, "project": null, "uuid": null}, "metadata": null})";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"GET /api/client_pages/pipeline:list",
         "{\"client_page\": " + page + R"(, "components": [], "metadata": {}}, "metadata": null})"},
        {"DELETE /api/client_pages/pipeline%3Alist", "{\"client_page\": " + page + "}, \"metadata\": null}"},
        {"GET /api/git_branches/test?_format=with_basic_details", branch},
        {"GET /api/git_branches", R"({"git_branches": [], "metadata": {}})"},
        {"GET /api/custom_designs/overview", design},
        {"GET /api/custom_designs", R"({"custom_designs": [], "metadata": {}})"},
        {"GET /api/oauths?redirect_uri=x", R"({"oauths": [], "metadata": {}})"},
        {"POST /api/oauths",
         R"({"error": {"code": 400, "message": "Invalid provider.", "type": "record_invalid"}, "status": 200})"},
        {"GET /api/block_runs/1/outputs", R"({"outputs": [], "metadata": {}})"},
        {"GET /api/sessions",
         R"({"error": {"code": 403, "message": "The list action is disabled for sessions.", "type": "unauthorized_access"}, "status": 200})"},
        {"POST /api/sessions",
         R"({"error": {"code": 404, "message": "Email/username and password are required.", "type": "record_not_found"}, "status": 200})"},
    };
    for (const auto& [call, answer] : cases) {
        CAPTURE(call);
        CHECK(api.body_of(call) == answer);
    }
    CHECK(api.exception_of("GET /api/client_pages/nope") == "'nope'");
    CHECK(api.body_of("GET /api/client_pages/pipeline_schedule:create?pipelines[]=diamond")
              .find(R"("disabled": false, "enabled": null, "operation": "create")") != std::string::npos);
    CHECK(api.body_of("GET /api/client_pages").find(R"("uuid": "pipeline_schedule:create", "version": 1}, {)") !=
          std::string::npos);
    // Nobody can sign in where nobody is asked; the text of other errors stays what it is (Q19).
    CHECK(
        api.body_of("POST /api/sessions", R"({"session": {"email": "admin@admin.com", "password": "admin"}})") ==
        R"({"error": {"code": 404, "message": "Email/username and/or password invalid.", "type": "record_not_found"}, "status": 200})");
    CHECK(api.body_of("GET /api/pipeline_runs/9").find("Record not found.") != std::string::npos);
}

TEST_CASE("the output of a block is an empty file") {
    ApiFixture api;
    const RunId run = api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    const api::Response file = api.send("GET /api/pipelines/diamond/block_outputs/load/downloads?pipeline_run_id=1");
    CHECK(run == RunId{1});
    CHECK(file.status == 200);
    CHECK(file.body.empty());
    std::string head;
    append_head(head, file);
    CHECK(head.starts_with(
        "200\nContent-Type: text/csv\nContent-Disposition: attachment; filename=load.csv\nAccess-Control-"));
    std::string odd;
    append_head(odd, api.send("GET /api/pipelines/diamond/block_outputs/%E2%82%AC%0Dx/downloads"));
    CHECK(odd.find("filename=____x.csv\n") != std::string::npos);  // a header holds printable ASCII
    const std::vector<std::pair<std::string, std::string>> errors = {
        {"pipelines/diamond/block_outputs/nope/downloads", "Block nope does not exist in pipeline diamond"},
        {"pipelines/nope/block_outputs/load/downloads", "Pipeline nope does not exist in repo_path /home/src/lab."},
        {"pipelines/diamond/block_outputs/load/downloads?pipeline_run_id=9",
         "'NoneType' object has no attribute 'execution_partition'"},
        {"pipelines/diamond/block_outputs/a/b/downloads", "Block a/b does not exist in pipeline diamond"},
    };
    for (const auto& [target, exception] : errors) {
        CAPTURE(target);
        CHECK(api.exception_of("GET /api/" + target) == exception);
    }
    CHECK(api.send("POST /api/pipelines/diamond/block_outputs/load/downloads").status == 405);
    CHECK(api.send("OPTIONS /api/pipelines/diamond/block_outputs/load/downloads").status == 204);
}
