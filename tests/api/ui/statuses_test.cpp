#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("the server tells about itself", "[http-api 5.9]") {
    ApiFixture api;
    const std::string statuses =
        R"({"statuses": [{"is_instance_manager": false, "max_print_output_lines": 1000, "repo_path": "/home/src/lab", )"
        R"("repo_path_relative": "lab", "repo_path_relative_root": "lab", "repo_path_root": "/home/src/lab", "server_process_id": 1, )"
        R"("scheduler_process_id": 2, "scheduler_status": "running", "instance_type": null, "disable_pipeline_edit_access": false, )"
        R"("require_user_authentication": false, "require_user_permissions": false, "project_type": "standalone", )"
        R"("project_uuid": "0123456789abcdef0123456789abcdef"}], "metadata": {}})";
    CHECK(api.body_of("GET /api/statuses") == statuses);
    CHECK(api.body_of("GET /api/status") == statuses);
    CHECK(
        api.body_of("POST /api/status") ==
        R"({"status": {"is_instance_manager": null, "max_print_output_lines": null, "repo_path": null, "repo_path_relative": null, )"
        R"("repo_path_relative_root": null, "repo_path_root": null, "server_process_id": null, "scheduler_process_id": null, )"
        R"("scheduler_status": null, "instance_type": null, "disable_pipeline_edit_access": null, "require_user_authentication": null, )"
        R"("require_user_permissions": null, "project_type": null, "project_uuid": null}, "metadata": null})");
    CHECK(
        api.body_of("GET /api/statuses/1") ==
        R"({"error": {"code": 403, "message": "The detail action is disabled for statuses.", "type": "unauthorized_access"}, "status": 200})");
    CHECK(api.body_of("GET /api/schedulers") == R"({"schedulers": [{"status": "running"}], "metadata": {}})");
}

TEST_CASE("the server tells what it does on demand", "[http-api 5.9]") {
    ApiFixture api;
    api.add_schedule({});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::seconds(14));
    const std::string body = api.body_of("GET /api/statuses?_format=with_activity_details");
    CHECK(body.find("\"active_pipeline_run_count\": 1, \"last_scheduler_activity\": \"2026-01-01T00:00:10+00:00\", "
                    "\"last_user_request\": \"2026-01-01T00:00:14") != std::string::npos);
}

TEST_CASE("the scheduler is stopped and started", "[http-api 5.9]") {
    ApiFixture api;
    api.add_schedule({});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    const auto act = [&api](const std::string& action) {
        return api.body_of("POST /api/schedulers", "{\"scheduler\": {\"action_type\": \"" + action + "\"}}");
    };
    CHECK(act("stop") == R"({"scheduler": {"status": "stopped"}, "metadata": null})");
    CHECK(api.body_of("GET /api/schedulers") == R"({"schedulers": [{"status": "stopped"}], "metadata": {}})");
    CHECK(api.body_of("GET /api/statuses").find(R"("scheduler_status": "stopped")") != std::string::npos);
    api.advance(Duration::seconds(100));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::initial);
    CHECK(act("start") == R"({"scheduler": {"status": "running"}, "metadata": null})");
    api.advance(Duration::seconds(11));
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::running);
    CHECK(act("nonsense") == R"({"scheduler": {"status": "running"}, "metadata": null})");
}
