#include "base/text/text.hpp"
#include "json/parse.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

// One case for each quirk of http-api.md 11, in its order: reproduced, or answered as docs/quirks.md says. Where a
// section's own test goes deeper, the case here is short.
using namespace runsim;
using namespace runsim::test;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
const std::string kHook = "POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001";
const std::string kListEnd = R"("metadata": {"count": )";

}  // namespace

TEST_CASE("a text that is no enumerator is refused, and poisons nothing", "[Q1]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        api.add_schedule({});
        CHECK(
            contains(api.exception_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"status": "bogus"}})"),
                     "bogus"));
        CHECK(contains(
            api.exception_of("POST /api/pipeline_schedules/1/pipeline_runs", R"({"pipeline_run": {"status": "zzz"}})"),
            "zzz"));
        CHECK(api.ids_of("GET /api/pipeline_schedules") == "1");
        CHECK(api.ids_of("GET /api/pipeline_runs") == "");
    }
}

TEST_CASE("statuses match by their stored name, too", "[Q2]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00", RunStatus::failed);
    CHECK(api.ids_of("GET /api/pipeline_runs?status=FAILED") == "1");
    CHECK(api.ids_of("GET /api/pipeline_runs?status[]=COMPLETED,FAILED") == "1");
}

TEST_CASE("errors have HTTP status 200, internal ones whatever is asked for", "[Q3]") {
    ApiFixture api;
    CHECK(api.send("GET /api/pipeline_runs/9").status == 200);
    CHECK(api.send("GET /api/pipeline_runs/9?_http_error_codes=1").status == 404);
    CHECK(api.send("POST /api/pipeline_runs?_http_error_codes=1").status == 200);
}

TEST_CASE("any text turns _http_error_codes on", "[Q4]") {
    ApiFixture api;
    CHECK(api.send("GET /api/pipeline_runs/9?_http_error_codes=false").status == 404);
    CHECK(api.send("GET /api/pipeline_runs/9?_http_error_codes=0").status == 404);
}

TEST_CASE("a schedule that is not there lists the runs of all", "[Q5]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    CHECK(api.ids_of("GET /api/pipeline_schedules/9/pipeline_runs") == "1");
}

TEST_CASE("a parent of another kind lends its id", "[Q6]") {
    ApiFixture api;
    const ScheduleId first = api.add_schedule({});
    const ScheduleId second = api.add_schedule({.name = "other"});
    api.add_run(second, "2026-01-01 00:00:00");
    api.add_run(second, "2026-01-02 00:00:00");
    api.add_run(first, "2026-01-03 00:00:00");
    CHECK(api.ids_of("GET /api/pipeline_runs/2/pipeline_runs") == "2 1");
}

TEST_CASE("a run of a schedule has no address of its own", "[Q7]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    CHECK(api.send("GET /api/pipeline_schedules/1/pipeline_runs/1").status == 405);
}

TEST_CASE("an offset beyond the end breaks the grouping of retries", "[Q8]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    CHECK(api.exception_of("GET /api/pipeline_schedules/1/pipeline_runs?_offset=5") == "list index out of range");
}

TEST_CASE("a page of grouped retries can be longer than its limit", "[Q9]") {
    ApiFixture api;
    const ScheduleId hook = api.add_schedule({});
    api.add_run(hook, "2026-01-01 00:00:00");
    for (int i = 0; i < 3; ++i) api.add_run(hook, "2026-01-02 00:00:00");
    CHECK(api.ids_of("GET /api/pipeline_schedules/1/pipeline_runs?_limit=1") == "4 3");
}

TEST_CASE("pages by pipeline type never say that there is a next one", "[Q10]") {
    ApiFixture api;
    const ScheduleId hook = api.add_schedule({});
    api.add_run(hook, "2026-01-01 00:00:00");
    api.add_run(hook, "2026-01-02 00:00:00");
    CHECK(contains(api.body_of("GET /api/pipeline_runs?pipeline_type=python&_limit=1"),
                   kListEnd + R"(2, "next": false})"));
}

TEST_CASE("a tag that nobody carries filters nothing", "[Q11]") {
    ApiFixture api;
    api.add_run(api.add_schedule({.pipeline = "chain"}), "2026-01-01 00:00:00");
    CHECK(api.ids_of("GET /api/pipeline_runs?pipeline_tag[]=red") == "");
    CHECK(api.ids_of("GET /api/pipeline_runs?pipeline_tag[]=nobodys") == "1");
}

TEST_CASE("a trigger without a body has no event variables, one with {} has empty ones", "[Q12]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(contains(api.body_of(kHook), R"("event_variables": null)"));
    CHECK(contains(api.body_of(kHook, "{}"), R"("event_variables": {})"));
}

TEST_CASE("a trigger and a CREATE of a run differ", "[Q13]") {
    ApiFixture api;
    api.add_schedule({.status = ScheduleStatus::inactive});
    const std::string created = api.body_of("POST /api/pipeline_schedules/1/pipeline_runs", R"({"pipeline_run": {}})");
    CHECK(created.starts_with(R"({"pipeline_run": {"backfill_id": null, )"));
    CHECK(created.ends_with(R"(, "metadata": null})"));
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 0);
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::inactive);
    const std::string triggered = api.body_of(kHook);
    CHECK(triggered.starts_with(R"({"pipeline_run": {"id": 2, )"));
    CHECK_FALSE(contains(triggered, "metadata\""));
    CHECK(api.instance.store.block_runs_count(RunId{2}) == 4);
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::active);
}

TEST_CASE("a schedule without runs counts null of them", "[Q14]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(contains(api.body_of("GET /api/pipeline_schedules"),
                   R"("pipeline_in_progress_runs_count": null, "pipeline_runs_count": null)"));
}

TEST_CASE("lists of block runs write dates with a T", "[Q15]") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({});
    api.send(kHook);
    CHECK(contains(api.body_of("GET /api/block_runs?pipeline_run_id=1"), R"("created_at": "2026-01-01T00:00:00")"));
    CHECK(contains(api.body_of("GET /api/pipeline_runs/1"), R"("created_at": "2026-01-01 00:00:00")"));
}

TEST_CASE("an empty name is an API error of code 200 on CREATE and an exception on UPDATE", "[Q16]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(contains(
        api.body_of("POST /api/pipelines/diamond/pipeline_schedules", R"({"pipeline_schedule": {"name": ""}})"),
        R"({"error": {"code": 200, "message": "Record is invalid.")"));
    CHECK(api.exception_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"name": ""}})") ==
          "name cannot be empty.");
}

TEST_CASE("an unknown key fails a CREATE, and an UPDATE ignores it", "[Q17]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(api.exception_of("POST /api/pipelines/diamond/pipeline_schedules",
                           R"({"pipeline_schedule": {"name": "x", "foo": 1}})") ==
          "'foo' is an invalid keyword argument for PipelineSchedule");
    CHECK(api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"foo": 1}})")
              .starts_with("{\"pipeline_schedule\": "));
}

TEST_CASE("retrying blocks makes a run running, and leaves its end where it was", "[Q18]") {
    ApiFixture api;
    const RunId run = api.add_run(api.add_schedule({}), "2026-01-01 00:00:00", RunStatus::completed);
    api.instance.store.update(run, [&](Run& row) { row.completed_at = api.instance.now; });
    const std::string body =
        api.body_of("PUT /api/pipeline_runs/1", R"({"pipeline_run": {"pipeline_run_action": "retry_blocks"}})");
    CHECK(contains(body, R"("status": "running")"));
    CHECK_FALSE(contains(body, R"("completed_at": null)"));
}

TEST_CASE("no call changes the texts of later errors", "[Q19]") {
    ApiFixture api;
    api.body_of("POST /api/sessions", R"({"session": {"email": "a", "password": "b"}})");
    api.body_of("POST /api/pipelines/diamond/pipeline_triggers", "{}");
    CHECK(contains(api.body_of("GET /api/pipeline_runs/9"), R"("message": "Record not found.")"));
    CHECK(contains(api.body_of("POST /api/pipelines/diamond/pipeline_schedules", "{}"),
                   R"("message": "Record is invalid.")"));
}

TEST_CASE("JSON that is said to be a form counts for a trigger only", "[Q20]") {
    ApiFixture api;
    api.add_schedule({});
    const ApiFixture::Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
    CHECK(contains(api.body_of(kHook, R"({"a": 1})", form), R"("event_variables": {"a": 1})"));
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"name": "new"}})", form);
    CHECK(api.instance.store.schedule(ScheduleId{1})->name == "hook");
}

TEST_CASE("a line feed within a value counts as climbing out of a folder", "[Q21]") {
    ApiFixture api;
    CHECK(api.send("GET /api/pipeline_runs?a=x%0Ay").status == 400);
}

TEST_CASE("schedules cannot be listed with their runtime", "[Q22]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(api.exception_of("GET /api/pipeline_schedules?_format=with_runtime_average") ==
          "'dict' object has no attribute 'to_dict'");
}

TEST_CASE("a deleted schedule leaves runs that no list shows, and whose detail breaks", "[Q24]") {
    ApiFixture api;
    api.add_schedule({});
    api.send(kHook);
    api.send("DELETE /api/pipeline_schedules/1");
    CHECK(api.ids_of("GET /api/pipeline_runs") == "");
    CHECK(api.exception_of("GET /api/pipeline_runs/1") == "'NoneType' object has no attribute 'id'");
    CHECK(contains(api.body_of("GET /api/pipeline_runs/1?_format=with_basic_details"), R"("id": 1)"));
}

TEST_CASE("an id is digits; on sqlite every other text is no id", "[Q25]") {
    ApiFixture api(Dialect::sqlite);
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    for (const char* const id : {"1", "01", "%201", "1%20"})
        CHECK(contains(api.body_of(std::string("GET /api/pipeline_runs/") + id), R"("id": 1)"));
    for (const char* const id : {"1.0", "1e0", "abc", "0x1"})
        CHECK(contains(api.body_of(std::string("GET /api/pipeline_runs/") + id), "Record not found."));
}

TEST_CASE("POST /api/runs works, as in the release", "[Q26]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(api.body_of("POST /api/runs/00000000000000000000000000000001",
                      R"({"run": {"pipeline_uuid": "diamond", "block_uuid": "load"}})")
              .starts_with("{\"run\": "));
}

TEST_CASE("cancelling a backfill leaves the block runs alone", "[Q27]") {
    ApiFixture api;
    api.body_of("POST /api/pipelines/diamond/backfills", R"({"backfill": {"name": "b"}})");
    api.body_of("PUT /api/backfills/1",
                R"({"backfill": {"start_datetime": "2024-01-01 00:00:00", "end_datetime": "2024-01-01 00:00:00", )"
                R"("interval_type": "day", "interval_units": 1}})");
    api.body_of("PUT /api/backfills/1", R"({"backfill": {"status": "initial"}})");
    api.body_of("PUT /api/backfills/1", R"({"backfill": {"status": "cancelled"}})");
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::cancelled);
    for (const BlockRun& row : api.instance.store.block_runs_of(RunId{1})) CHECK(row.status == BlockRunStatus::initial);
}

TEST_CASE("a trigger takes any column of the run", "[Q28]") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(api.body_of(kHook, R"({"pipeline_run": {"id": 70, "status": "failed"}})")
              .starts_with(R"({"pipeline_run": {"id": 70, )"));
    CHECK(api.instance.store.run(RunId{70})->status == RunStatus::failed);
}

TEST_CASE("tags of schedules are given one by one, statuses with commas", "[Q29]") {
    ApiFixture api;
    api.add_schedule({});
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"tags": ["a", "b"]}})");
    CHECK(api.ids_of("GET /api/pipeline_schedules?tag[]=x&tag[]=a") == "1");
    CHECK(api.ids_of("GET /api/pipeline_schedules?tag[]=a,b") == "");
    CHECK(api.ids_of("GET /api/pipeline_schedules?status[]=inactive,active") == "1");
    CHECK(api.ids_of("GET /api/pipeline_schedules?status[]=inactive&status[]=active") == "");
}

TEST_CASE("cancelling the runs of a schedule spares those that passed their SLA", "[Q30]") {
    ApiFixture api;
    const ScheduleId hook = api.add_schedule({});
    api.add_run(hook, "2026-01-01 00:00:00");
    api.instance.store.update(api.add_run(hook, "2026-01-02 00:00:00"), [](Run& row) { row.passed_sla = true; });
    api.body_of("PUT /api/pipelines/diamond", R"({"pipeline": {"status": "cancelled", "pipeline_schedule_id": 1}})");
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::cancelled);
    CHECK(api.instance.store.run(RunId{2})->status == RunStatus::initial);
}

TEST_CASE("the key of a list is the URL's own text", "[Q31]") {
    ApiFixture api;
    CHECK(api.body_of("GET /api/Pipeline__Run").starts_with("{\"Pipeline__Run\": ["));
}

TEST_CASE("sqlite gives the highest id again when its row is gone, but nothing that hung on it", "[Q32]") {
    ApiFixture sqlite(Dialect::sqlite);
    ApiFixture postgres(Dialect::postgres);
    for (ApiFixture* const api : {&sqlite, &postgres}) {
        api->add_schedule({});
        api->body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"tags": ["a"]}})");
        api->send("DELETE /api/pipeline_schedules/1");
        api->add_schedule({});
        CHECK(api->ids_of("GET /api/pipeline_schedules") == (api == &sqlite ? "1" : "2"));
        CHECK(contains(api->body_of("GET /api/pipeline_schedules"), R"("tags": [])"));
    }
}

TEST_CASE("the last run of a schedule is the one with the highest id, whatever its date", "[Q33]") {
    ApiFixture api;
    const ScheduleId hook = api.add_schedule({});
    api.add_run(hook, "2026-01-02 00:00:00", RunStatus::completed);
    api.add_run(hook, "2026-01-01 00:00:00", RunStatus::failed);
    CHECK(contains(api.body_of("GET /api/pipeline_schedules"), R"("last_pipeline_run_status": "failed")"));
}

TEST_CASE("a schedule that a trigger activates was not enabled", "[Q34]") {
    ApiFixture api;
    api.add_schedule({.status = ScheduleStatus::inactive});
    api.send(kHook);
    CHECK(contains(api.body_of("GET /api/pipeline_schedules/1"), R"("last_enabled_at": null)"));
    CHECK(contains(api.body_of("GET /api/pipeline_schedules/1"), R"("status": "active")"));
}

TEST_CASE("an UPDATE with an empty list of runs takes them away from their schedule", "[Q35]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    api.body_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"pipeline_runs": []}})");
    CHECK(api.ids_of("GET /api/pipeline_runs") == "");
    CHECK(api.instance.store.run(RunId{1})->pipeline_schedule_id == ScheduleId());
}

TEST_CASE("the next date of a monthly schedule with a landing time loses its day", "[Q36]") {
    ApiFixture api;
    api.add_schedule({.type = ScheduleType::time, .interval = "@monthly"});
    CHECK(contains(
        api.body_of(
            "PUT /api/pipeline_schedules/1",
            R"({"pipeline_schedule": {"start_time": "2025-12-03 10:20:30", "settings": {"landing_time_enabled": true}}})"),
        R"("next_pipeline_run_date": "2026-02-01 10:20:30+00:00")"));
}

TEST_CASE("lists are fresh, a refused statement spoils nothing, and rows are as old as their request",
          "[Q37][Q38][Q39]") {
    ApiFixture api(Dialect::postgres);
    api.add_schedule({});
    CHECK(contains(api.exception_of("GET /api/pipeline_runs?status=nonsense"), "invalid input value for enum"));
    CHECK(api.ids_of("GET /api/pipeline_runs") == "");
    api.advance(Duration::hours(1));
    CHECK(contains(api.body_of(kHook), R"("created_at": "2026-01-01 01:00:00.)"));
    api.instance.store.update(RunId{1}, [](Run& row) { row.status = RunStatus::failed; });
    CHECK(contains(api.body_of("GET /api/pipeline_runs"), R"("status": "failed")"));
}

TEST_CASE("a schedule that Mage's scheduler dies of keeps nobody else's runs", "[Q40][L9]") {
    ApiFixture api;
    api.add_schedule({.name = "interval", .type = ScheduleType::time, .interval = ""});
    api.add_schedule({.name = "setting"});
    api.add_schedule({.name = "limit"});
    const ScheduleId other = api.add_schedule({.name = "other", .pipeline = "chain"});
    const auto set = [&api](int schedule, const std::string& settings) {
        api.instance.store.update(ScheduleId{static_cast<std::uint32_t>(schedule)},
                                  [&](Schedule& row) { row.settings = json::Text(settings); });
    };
    set(2, R"({"unknown": 1})");
    set(3, R"({"pipeline_run_limit": "many"})");
    std::vector<RunId> runs;
    for (const std::uint32_t schedule : {2U, 3U, other.value})
        runs.push_back(api.add_run(ScheduleId{schedule}, "2026-01-01 00:00:00"));
    api.advance(Duration::seconds(15));
    for (const RunId run : runs) CHECK(api.instance.store.run(run)->status != RunStatus::initial);
    CHECK(api.instance.store.runs_by_id(ScheduleId{1}).size() == 0);
}
