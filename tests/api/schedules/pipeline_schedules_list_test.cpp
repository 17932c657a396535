#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// 1 mint: diamond, api, active; 2 basil: chain, @hourly, tags green, herb; 3 anise: diamond, @once, active; 4 dill:
// diamond, event, of a data product; 5 cress: chain, no type, another project's.
void add_herbs(ApiFixture& api) {
    api.add_schedule({.name = "mint"});
    api.add_schedule({.name = "basil",
                      .pipeline = "chain",
                      .type = ScheduleType::time,
                      .status = ScheduleStatus::inactive,
                      .interval = "@hourly"});
    api.add_schedule({.name = "anise", .type = ScheduleType::time, .interval = "@once"});
    api.add_schedule({.name = "dill", .type = ScheduleType::event, .status = ScheduleStatus::inactive});
    api.add_schedule({.name = "cress", .pipeline = "chain", .type = std::nullopt});
    Store& store = api.instance.store;
    store.update(ScheduleId{1}, [](Schedule& row) { row.repo_path.reset(); });
    store.update(ScheduleId{2}, [](Schedule& row) { row.tags = {"herb", "green"}; });
    store.update(ScheduleId{4}, [](Schedule& row) {
        row.global_data_product_uuid = "g";
        row.tags = {"a,b"};
    });
    store.update(ScheduleId{5}, [](Schedule& row) { row.repo_path = "/home/src/other"; });
}

}  // namespace

TEST_CASE("the filters and orders of the list of schedules", "[http-api 7.1]") {
    struct Case {
        const char* target;
        const char* postgres;
        const char* sqlite;
    };
    const char* enum_error = "(psycopg2.errors.InvalidTextRepresentation) invalid input value for enum ";
    const Case cases[] = {
        {"pipeline_schedules", "1 2 3 4", "1 2 3 4"},
        {"pipelines/diamond/pipeline_schedules", "3 1", "3 1"},
        {"pipelines/diamond/pipeline_schedules?order_by=name", "3 1", "3 1"},
        {"pipelines/chain/pipeline_schedules", "2", "2"},
        {"pipeline_schedules?global_data_product_uuid=g", "4", "4"},
        {"pipelines/chain/pipeline_schedules?global_data_product_uuid=g", "4", "4"},
        {"pipeline_schedules?global_data_product_uuid=", "1 2 3 4", "1 2 3 4"},
        {"pipeline_schedules?status[]=active", "1 3", "1 3"},
        {"pipeline_schedules?status[]=ACTIVE,inactive", "1 2 3 4", "1 2 3 4"},
        {"pipeline_schedules?status[]=", "1 2 3 4", "1 2 3 4"},
        {"pipeline_schedules?status[]=Active", nullptr, ""},
        {"pipeline_schedules?schedule_type[]=api", "1", "1"},
        {"pipeline_schedules?schedule_type[]=TIME,event", "2 3 4", "2 3 4"},
        {"pipeline_schedules?schedule_type[]=api&schedule_type[]=time", "1", "1"},
        {"pipeline_schedules?schedule_type[]=nonsense", nullptr, ""},
        {"pipeline_schedules?schedule_interval[]=@hourly,@once", "2 3", "2 3"},
        {"pipeline_schedules?schedule_interval[]=@daily", "", ""},
        {"pipeline_schedules?tag[]=herb", "2", "2"},
        {"pipeline_schedules?tag[]=none&tag[]=green", "2", "2"},
        {"pipeline_schedules?tag[]=green,herb", "", ""},
        {"pipeline_schedules?tag[]=a,b", "4", "4"},
        {"pipeline_schedules?tag[]=", "", ""},
        {"pipeline_schedules?pipeline_uuid=chain&status=active&type[]=api&frequency[]=x&interval=y&order_by[]=name",
         "1 2 3 4", "1 2 3 4"},
        {"pipeline_schedules?order_by=name", "3 2 4 1", "3 2 4 1"},
        {"pipeline_schedules?order_by=created_at", "4 3 2 1", "1 2 3 4"},  // sqlite: all born in one second
        {"pipeline_schedules?order_by=pipeline_uuid", "2 1 3 4", "2 1 3 4"},
        {"pipeline_schedules?order_by=status", "1 3 2 4", "1 3 2 4"},
        {"pipeline_schedules?order_by=schedule_type", "2 3 1 4", "1 4 2 3"},
        {"pipeline_schedules?order_by=nonsense", "1 2 3 4", "1 2 3 4"},
        {"pipeline_schedules?order_by=name&order_by=status", "3 2 4 1", "3 2 4 1"},
    };
    for (const auto dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        add_herbs(api);
        for (const Case& c : cases) {
            INFO(c.target);
            const char* ids = dialect == Dialect::postgres ? c.postgres : c.sqlite;
            const std::string call = std::string("GET /api/") + c.target;
            if (ids) {
                CHECK(api.ids_of(call) == ids);
            } else {
                CHECK(api.exception_of(call).starts_with(enum_error));
            }
        }
    }
}

TEST_CASE("a list without a type comes first on sqlite and last on postgres") {
    for (const auto dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        api.add_schedule({.name = "typed"});
        api.add_schedule({.name = "untyped", .type = std::nullopt});
        CHECK(api.ids_of("GET /api/pipeline_schedules?order_by=schedule_type") ==
              (dialect == Dialect::postgres ? "1 2" : "2 1"));
    }
}

TEST_CASE("the list of schedules is paged as Python slices a list", "[http-api 2.3]") {
    struct Case {
        const char* page;
        const char* ids;
        const char* next;
    };
    const Case cases[] = {
        {"_limit=2", "1 2", "true"},
        {"_limit=2&_offset=1", "2 3", "true"},
        {"_limit=2&_offset=2", "3 4", "false"},
        {"_limit=4", "1 2 3 4", "false"},
        {"_offset=3", "4", "false"},
        {"_offset=4", "", "false"},
        {"_offset=99", "", "false"},
        {"_limit=0", "", "true"},
        {"_limit=0&_offset=4", "", "false"},
        {"_limit=-1", "", "true"},
        {"_limit=-1&_offset=99", "", "true"},
        {"_limit=-3", "1", "true"},
        {"_limit=-9", "", "true"},
        {"_offset=-1", "4", "false"},
        {"_offset=-2", "3 4", "false"},
        {"_limit=99999999999999999999999", "1 2 3 4", "false"},
        {"_limit=-99999999999999999999999&_offset=-99999999999999999999999", "", "true"},
    };
    ApiFixture api;
    add_herbs(api);
    for (const Case& c : cases) {
        INFO(c.page);
        const std::string call = std::string("GET /api/pipeline_schedules?") + c.page;
        CHECK(api.ids_of(call) == c.ids);
        CHECK(api.body_of(call).ends_with(std::string("], \"metadata\": {\"count\": 4, \"next\": ") + c.next + "}}"));
    }
    CHECK(api.exception_of("GET /api/pipeline_schedules?_limit=abc") ==
          "invalid literal for int() with base 10: 'abc'");
}

TEST_CASE("the list counts the runs of a schedule and tells how the newest id ended",
          "[row 36][row 37][row 38][http-api 5.4]") {
    ApiFixture api(Dialect::postgres);
    const ScheduleId id = api.add_schedule({.name = "busy", .type = ScheduleType::time, .interval = "*/10 * * * *"});
    api.add_schedule({.name = "idle"});
    api.add_run(id, "2024-01-09 00:00:00", RunStatus::completed);
    api.add_run(id, "2024-01-08 00:00:00", RunStatus::running);
    api.add_run(id, "2024-01-07 00:00:00", RunStatus::initial);
    api.add_run(id, "2024-01-01 00:00:00", RunStatus::failed);
    const std::string columns =
        R"("global_data_product_uuid": null, "id": 1, "last_enabled_at": null, "name": "busy", "pipeline_uuid": "diamond", "repo_path": "/home/src/lab", "schedule_interval": "*/10 * * * *", "schedule_type": "time", "settings": null, "sla": null, "start_time": null, "status": "active", "token": "00000000000000000000000000000001", "updated_at": "2026-01-01 00:00:00.000001+00:00", "variables": null)";
    CHECK(
        api.body_of("GET /api/pipeline_schedules?_limit=1") ==
        R"({"pipeline_schedules": [{"created_at": "2026-01-01 00:00:00.000001+00:00", "description": null, )" +
            columns +
            R"(, "event_matchers": [], "last_pipeline_run_status": "failed", "next_pipeline_run_date": "2026-01-01 00:10:00+00:00", "pipeline_in_progress_runs_count": 2, "pipeline_runs_count": 4, "tags": []}], "metadata": {"count": 2, "next": true}})");
    CHECK(
        api.body_of("GET /api/pipeline_schedules?_offset=1")
            .find(
                R"("event_matchers": [], "last_pipeline_run_status": null, "next_pipeline_run_date": null, "pipeline_in_progress_runs_count": null, "pipeline_runs_count": null, "tags": [])") !=
        std::string::npos);
    CHECK(api.body_of("GET /api/pipeline_schedules?_limit=1&_format=nonsense") ==
          R"({"pipeline_schedules": [{"created_at": "2026-01-01 00:00:00.000001+00:00", "description": null, )" +
              columns + R"(}], "metadata": {"count": 2, "next": true}})");
}

TEST_CASE("formats of a single schedule crash the list, unless it is empty", "[Q22]") {
    ApiFixture api;
    for (const char* format : {"detail", "update", "with_runtime_average"}) {
        const std::string call = std::string("GET /api/pipeline_schedules?_format=") + format;
        CHECK(api.ids_of(call) == "");
    }
    api.add_schedule({});
    for (const char* format : {"detail", "update", "with_runtime_average"}) {
        const std::string call = std::string("GET /api/pipeline_schedules?_format=") + format;
        CHECK(api.exception_of(call) == "'dict' object has no attribute 'to_dict'");
    }
}

TEST_CASE("the runtime average is that of completed runs") {
    ApiFixture api;
    const ScheduleId id = api.add_schedule({});
    const RunId run = api.add_run(id, "2024-01-01 00:00:00", RunStatus::completed);
    api.instance.store.update(run,
                              [](Run& row) { row.completed_at = row.created_at + Duration::milliseconds(31'170); });
    CHECK(
        api.body_of("GET /api/pipeline_schedules/1?_format=with_runtime_average")
            .ends_with(
                R"("next_pipeline_run_date": null, "pipeline_runs_count": 1, "runtime_average": 31.17, "tags": []}, "metadata": null})"));
}
