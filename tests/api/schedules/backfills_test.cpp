#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kCreate = "POST /api/pipelines/chain/backfills";

std::string backfill(const std::string& fields) { return "{\"backfill\": {" + fields + "}}"; }
const std::string kThreeDays =
    R"("start_datetime": "2024-01-01", "end_datetime": "2024-01-03", "interval_type": "day", "interval_units": 1)";

}  // namespace

TEST_CASE("a backfill is made with what may be set, and shown with all columns", "[http-api 10][http-api 5.2]") {
    ApiFixture api;
    CHECK(
        api.body_of(kCreate, backfill(R"("name": "catch up", "status": "running", "bogus": 1, "settings": null, )" +
                                      kThreeDays)) ==
        R"({"backfill": {"id": 1, "block_uuid": null, "completed_at": null, "created_at": "2026-01-01 00:00:00.000001+00:00", )"
        R"("end_datetime": "2024-01-03 00:00:00+00:00", "failed_at": null, "interval_type": "day", "interval_units": 1, )"
        R"("metrics": null, "name": "catch up", "pipeline_schedule_id": null, "pipeline_uuid": "chain", "settings": null, )"
        R"("start_datetime": "2024-01-01 00:00:00+00:00", "started_at": null, "status": null, )"
        R"("updated_at": "2026-01-01 00:00:00.000001+00:00", "variables": null}, "metadata": null})");
    CHECK(api.exception_of("POST /api/backfills", "{}") == "'NoneType' object has no attribute 'uuid'");
    api.add_schedule({});
    CHECK(api.exception_of("POST /api/pipeline_schedules/1/backfills", "{}") ==
          "'PipelineSchedule' object has no attribute 'uuid'");
    const std::string eon = api.exception_of(kCreate, backfill(R"("interval_type": "eon")"));
    CHECK(eon.starts_with(
        "(psycopg2.errors.InvalidTextRepresentation) invalid input value for enum intervaltype: \"eon\"\n"));
    ApiFixture sqlite(Dialect::sqlite);
    CHECK(sqlite.exception_of(kCreate, backfill(R"("interval_type": "eon")")) ==
          "'eon' is not among the defined enum values. Enum name: intervaltype. Possible values: SECOND, MINUTE, HOUR, "
          "..., CUSTOM");
}

TEST_CASE("a backfill shows its dates and counts on demand", "[http-api 5.8]") {
    ApiFixture api;
    api.send(kCreate, backfill(kThreeDays));
    const std::string get = "GET /api/backfills/1";
    CHECK(api.body_of(get).find("total_run_count") == std::string::npos);
    CHECK(api.body_of(get + "?include_run_count=1")
              .find(R"("variables": null, "total_run_count": 3, "run_status_counts": {}}, "metadata")") !=
          std::string::npos);
    const std::string page = api.body_of(get + "?include_preview_runs=true&_limit=0&_offset=1");
    CHECK(
        page.find(
            R"("run_status_counts": {}, "pipeline_run_dates": [{"ds": "2024-01-02", "execution_date": "2024-01-02T00:00:00+00:00", "hr": "00", )"
            R"("interval_end_datetime": "2024-01-03T00:00:00+00:00", "interval_seconds": 86400.0, )"
            R"("interval_start_datetime": "2024-01-02T00:00:00+00:00", "interval_start_datetime_previous": "2024-01-01T00:00:00+00:00"}]}, )") !=
        std::string::npos);
    CHECK(api.exception_of(get + "?include_preview_runs=true&_limit=x") ==
          "invalid literal for int() with base 10: 'x'");
    CHECK(api.body_of(get + "?_limit=x").starts_with("{\"backfill\": {\"id\": 1"));
    api.send(kCreate, backfill(R"("name": "without dates")"));
    CHECK(api.body_of("GET /api/backfills/2?include_preview_runs=true").find("total_run_count") == std::string::npos);
}

TEST_CASE("a backfill is started and cancelled by its status", "[http-api 10][Q27]") {
    ApiFixture api;
    const Store& store = api.instance.store;
    api.send(kCreate, backfill(R"("name": "b", )" + kThreeDays));
    const std::string put = "PUT /api/backfills/1";
    // Other keys of the request that starts it are ignored.
    const std::string started = api.body_of(put, backfill(R"("status": "initial", "name": "lost")"));
    CHECK(started.find(R"("name": "b", "pipeline_schedule_id": 1)") != std::string::npos);
    CHECK(started.find(R"("status": "initial")") != std::string::npos);
    CHECK(store.runs().size() == 3);
    CHECK(store.block_runs().size() == 9);
    CHECK(api.body_of("GET /api/backfills/1?include_run_count=1").find(R"("run_status_counts": {"initial": 3}})") !=
          std::string::npos);
    // The same status, or one that means nothing: the keys are applied.
    CHECK(api.body_of(put, backfill(R"("status": "initial", "name": "kept")")).find(R"("name": "kept")") !=
          std::string::npos);
    CHECK(api.body_of(put, backfill(R"("status": "failed", "name": "also kept", "end_datetime": null)"))
              .find(R"("name": "also kept")") != std::string::npos);
    CHECK(store.backfill(BackfillId{1})->status == BackfillStatus::initial);
    CHECK(store.backfill(BackfillId{1})->end_datetime.has_value());

    CHECK(api.body_of(put, backfill(R"("status": "cancelled")")).find(R"("status": "cancelled")") != std::string::npos);
    CHECK(store.run(RunId{1})->status == RunStatus::cancelled);
    CHECK(store.block_run(BlockRunId{1})->status == BlockRunStatus::initial);
    CHECK(store.schedule(ScheduleId{1})->status == ScheduleStatus::inactive);

    api.send(put, backfill(R"("status": "initial")"));
    CHECK(store.runs().size() == 6);
    CHECK(api.body_of("GET /api/backfills/1?include_run_count=1").find(R"("run_status_counts": {"initial": 3}})") !=
          std::string::npos);
}

TEST_CASE("a backfill that cannot be started or cancelled says so as Python would", "[http-api 10]") {
    ApiFixture api;
    api.send(kCreate, backfill(""));
    CHECK(api.exception_of("PUT /api/backfills/1", backfill(R"("status": "initial")")) ==
          "'<=' not supported between instances of 'NoneType' and 'NoneType'");
    CHECK(api.exception_of("PUT /api/backfills/1", backfill(R"("status": "cancelled")")) ==
          "'NoneType' object has no attribute 'update'");
    CHECK(api.instance.store.backfill(BackfillId{1})->status == BackfillStatus::cancelled);
}

TEST_CASE("backfills are listed newest first, of one pipeline or of all", "[http-api 10]") {
    ApiFixture api;
    api.send(kCreate, backfill(""));
    api.send("POST /api/pipelines/diamond/backfills", backfill(""));
    api.send(kCreate, backfill(""));
    CHECK(api.ids_of("GET /api/backfills") == "3 2 1");
    CHECK(api.ids_of("GET /api/pipelines/chain/backfills") == "3 2 1");
    CHECK(api.ids_of("GET /api/backfills?pipeline_uuid=chain") == "3 1");
    CHECK(api.ids_of("GET /api/backfills?pipeline_uuid=") == "3 2 1");
    CHECK(api.ids_of("GET /api/backfills?_limit=1&_offset=1") == "2");
    CHECK(api.body_of("GET /api/backfills?_limit=2").ends_with("\"metadata\": {\"count\": 3, \"next\": true}}"));
    ApiFixture sqlite(Dialect::sqlite);
    sqlite.send(kCreate, backfill(""));
    sqlite.send(kCreate, backfill(""));
    CHECK(sqlite.ids_of("GET /api/backfills") == "1 2");  // born in one second
}

TEST_CASE("a deleted backfill leaves its runs behind", "[http-api 10]") {
    ApiFixture api;
    api.send(kCreate, backfill(kThreeDays));
    api.send("PUT /api/backfills/1", backfill(R"("status": "initial")"));
    CHECK(api.ids_of("GET /api/pipeline_runs?backfill_id=1") == "3 2 1");
    CHECK(api.body_of("DELETE /api/backfills/1").starts_with("{\"backfill\": {\"id\": 1"));
    CHECK(api.ids_of("GET /api/pipeline_runs?backfill_id=1") == "");
    CHECK(api.ids_of("GET /api/pipeline_runs") == "3 2 1");
    CHECK_FALSE(api.instance.store.run(RunId{1})->backfill_id);
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::active);
    CHECK(api.body_of("GET /api/backfills/1").find("Record not found.") != std::string::npos);
}
