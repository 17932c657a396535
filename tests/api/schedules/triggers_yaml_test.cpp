#include "lifecycle/rows/write_row.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string triggers(ApiFixture& api) { return api.body_of("GET /api/pipelines/diamond/pipeline_triggers"); }
std::string save(ApiFixture& api, const std::string& payload) {
    return api.body_of("POST /api/pipelines/diamond/pipeline_triggers", R"({"pipeline_trigger": )" + payload + "}");
}

const std::string kNone = R"({"pipeline_triggers": [], "metadata": {}})";
const std::string kHook =
    R"({"envs": [], "name": "hook", "pipeline_uuid": "diamond", "schedule_interval": null, "schedule_type": "api", )"
    R"("settings": null, "sla": null, "start_time": null, "status": "active", "variables": null})";

}  // namespace

TEST_CASE("a schedule is written into its pipeline's triggers, and follows there",
          "[http-api 9][http-api 7.3][http-api 7.4]") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({});
    CHECK(triggers(api) == kNone);
    CHECK(save(api, R"({"pipeline_schedule_id": 1})") == R"({"pipeline_trigger": )" + kHook + R"(, "metadata": null})");
    CHECK(triggers(api) == R"({"pipeline_triggers": [)" + kHook + R"(], "metadata": {}})");
    api.body_of(
        "PUT /api/pipeline_schedules/1",
        R"({"pipeline_schedule": {"name": "hook2", "schedule_interval": "@daily", "variables": {"a": 1}, "sla": 60, )"
        R"("settings": {"timeout": 5}, "start_time": "2024-01-01 00:00:00"}})");
    CHECK(
        triggers(api) ==
        R"({"pipeline_triggers": [{"envs": [], "name": "hook2", "pipeline_uuid": "diamond", "schedule_interval": "@daily", )"
        R"("schedule_type": "api", "settings": {"timeout": 5}, "sla": 60, "start_time": "2024-01-01 00:00:00", "status": "active", )"
        R"("variables": {"a": 1}}], "metadata": {}})");
    CHECK(api.body_of("GET /api/pipelines/chain/pipeline_triggers") == kNone);
    api.send("DELETE /api/pipeline_schedules/1");
    CHECK(triggers(api) == kNone);
}

TEST_CASE("a pipeline's status is written into its triggers, and entries without a schedule go", "[http-api 7.5]") {
    ApiFixture api;
    api.add_schedule({});
    api.add_schedule({.name = "other"});
    save(api, R"({"pipeline_schedule_id": 1})");
    save(api, R"({"pipeline_schedule_id": 2})");
    api.instance.files.triggers.back().row.name = "nobody's";
    api.body_of("PUT /api/pipelines/diamond", R"({"pipeline": {"status": "inactive"}})");
    const std::string after = triggers(api);
    CHECK(after.find(R"("name": "hook")") != std::string::npos);
    CHECK(after.find(R"("status": "inactive")") != std::string::npos);
    CHECK(after.find("nobody's") == std::string::npos);
}

TEST_CASE("where the project asks for it, every schedule is written into the triggers", "[http-api 7.2]") {
    ApiFixture api;
    const auto create = [&api](const std::string& name) {
        api.body_of("POST /api/pipelines/diamond/pipeline_schedules",
                    R"({"pipeline_schedule": {"name": ")" + name + R"("}})");
    };
    create("first");
    CHECK(triggers(api) == kNone);
    api.body_of("PUT /api/projects/lab",
                R"({"project": {"pipelines": {"settings": {"triggers": {"save_in_code_automatically": true}}}}})");
    create("second");
    CHECK(triggers(api).find(R"("name": "second")") != std::string::npos);
    CHECK(triggers(api).find(R"("name": "first")") == std::string::npos);
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"description": "x"}})");
    CHECK(triggers(api).find(R"("name": "first")") != std::string::npos);
}

TEST_CASE("a trigger that names no schedule is refused", "[http-api 9]") {
    ApiFixture api;
    const std::string required =
        R"({"error": {"code": 400, "message": "Pipeline schedule ID or trigger name is required.", "type": "record_invalid"}, "status": 200})";
    CHECK(save(api, "{}") == required);
    CHECK(save(api, R"({"pipeline_schedule_id": null})") == required);
    // The text of other errors stays what it is (Q19).
    CHECK(api.body_of("POST /api/pipelines/diamond/pipeline_schedules", R"({"pipeline_schedule": {}})")
              .find("Record is invalid.") != std::string::npos);
    const auto exception = [&api](const std::string& call, const std::string& payload) {
        return api.exception_of(call, R"({"pipeline_trigger": )" + payload + "}");
    };
    CHECK(exception("POST /api/pipelines/diamond/pipeline_triggers", R"({"pipeline_schedule_id": 77})") ==
          "'NoneType' object has no attribute 'last_enabled_at'");
    CHECK(exception("POST /api/pipelines/diamond/pipeline_triggers", R"({"name": "x"})") ==
          "runsim writes a trigger of a pipeline_schedule_id only, not one that the payload describes.");
    CHECK(api.exception_of("GET /api/pipeline_triggers") == "'NoneType' object has no attribute 'uuid'");
}

TEST_CASE("a schedule without a name has one entry among the triggers, however often it is written") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({});
    write(api.instance, ScheduleId{1}, [](Schedule& row) { row.name = {}; });
    const std::string saved = save(api, R"({"pipeline_schedule_id": 1})");
    CHECK(saved.starts_with(R"({"pipeline_trigger": {"envs": [], "name": null)"));
    CHECK(save(api, R"({"pipeline_schedule_id": 1})") == saved);
    CHECK(api.instance.files.triggers.size() == 1);
}
