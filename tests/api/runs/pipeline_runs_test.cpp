#include "lifecycle/rows/create_run.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kCreate = "POST /api/pipeline_schedules/1/pipeline_runs";

std::string run_json(const std::string& fields) { return "{\"pipeline_run\": {" + fields + "}}"; }

}  // namespace

TEST_CASE("CREATE makes a run without block runs and answers in the standard format",
          "[http-api 8.1][http-api 5.3][Q13]") {
    ApiFixture api;
    api.add_schedule({.type = ScheduleType::time, .status = ScheduleStatus::inactive});
    CHECK(
        api.body_of(kCreate, run_json(R"("execution_date": "2024-01-02", "variables": {"a": 1})")) ==
        R"({"pipeline_run": {"backfill_id": null, "completed_at": null, "created_at": "2026-01-01 00:00:00.000002+00:00", )"
        R"("event_variables": null, "execution_date": "2024-01-02 00:00:00+00:00", "executor_type": "local_python", "id": 1, )"
        R"("metrics": null, "passed_sla": false, "pipeline_schedule_id": 1, "pipeline_uuid": "diamond", "started_at": null, )"
        R"("status": "initial", "updated_at": "2026-01-01 00:00:00.000002+00:00", )"
        R"("variables": {"a": 1, "execution_partition": "1/20240102T000000_000000"}}, "metadata": null})");
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 0);
    CHECK(api.instance.store.schedule(ScheduleId{1})->status == ScheduleStatus::inactive);
}

TEST_CASE("the formats of a run are the server's", "[http-api 5.3]") {
    ApiFixture api(Dialect::sqlite);
    const ScheduleId schedule = api.add_schedule({});
    const RunId run = api.add_run(schedule, "2024-01-02 03:04:05.5");
    REQUIRE(create_block_runs(api.instance, run).ok());
    const std::string standard =
        R"("backfill_id": null, "completed_at": null, "created_at": "2026-01-01 00:00:00", "event_variables": null, )"
        R"("execution_date": "2024-01-02 03:04:05.500000", "executor_type": "local_python", "id": 1, "metrics": null, )"
        R"("passed_sla": false, "pipeline_schedule_id": 1, "pipeline_uuid": "diamond", "started_at": null, "status": "initial", )"
        R"("updated_at": "2026-01-01 00:00:00", "variables": null)";
    const auto block_run = [](int id, const std::string& uuid, const std::string& end) {
        return R"({"id": )" + std::to_string(id) +
               R"(, "created_at": "2026-01-01 00:00:00", "updated_at": "2026-01-01 00:00:00", "pipeline_run_id": 1, "block_uuid": ")" +
               uuid + R"(", "status": "initial", "started_at": null, "completed_at": null, "metrics": null)" + end +
               "}";
    };
    const auto block_runs = [&](const std::string& end) {
        return ", \"block_runs\": [" + block_run(1, "load", end) + ", " + block_run(2, "left", end) + ", " +
               block_run(3, "right", end) + ", " + block_run(4, "export", end) + "]";
    };
    const std::string detail = block_runs(R"(, "pipeline_schedule_id": 1, "pipeline_schedule_name": "hook")");
    const std::string list =
        block_runs("") +
        R"(, "block_runs_count": 4, "completed_block_runs_count": 0, "pipeline_schedule_name": "hook", )"
        R"("pipeline_schedule_token": "00000000000000000000000000000001", "pipeline_schedule_type": "api", )"
        R"("pipeline_tags": null, "pipeline_type": null, "repo_path": "/home/src/lab")";
    const auto one = [](const std::string& content) {
        return "{\"pipeline_run\": {" + content + "}, \"metadata\": null}";
    };
    const auto many = [](const std::string& content) {
        return "{\"pipeline_runs\": [{" + content + "}], \"metadata\": {\"count\": 1, \"next\": false}}";
    };
    CHECK(api.body_of("GET /api/pipeline_runs/1") == one(standard + detail));
    CHECK(api.body_of("GET /api/pipeline_runs/1?_format=list") == one(standard + list));
    CHECK(api.body_of("GET /api/pipeline_runs/1?_format=unheard_of") == one(standard));
    CHECK(api.body_of("GET /api/pipeline_runs/1?_format=") == one(standard));
    const std::string basic = R"("execution_date": "2024-01-02 03:04:05.500000", "id": 1, "status": "initial")";
    CHECK(api.body_of("GET /api/pipeline_runs/1?_format=with_basic_details") == one(basic));
    CHECK(api.body_of("GET /api/pipeline_runs/1?_format=integration_source/detail") == one(basic));
    CHECK(api.body_of("GET /api/pipeline_runs") == many(standard + list));
    CHECK(api.body_of("GET /api/pipeline_runs?_format=detail") == many(standard + detail));
    CHECK(api.body_of("GET /api/pipeline_runs?_format=create") == many(standard));
    CHECK(api.body_of("PUT /api/pipeline_runs/1?_format=list") == one(standard + list));
    CHECK(api.body_of("DELETE /api/pipeline_runs/1") == one(standard));
}

TEST_CASE("block runs of a detail are ordered by the time of their birth", "[http-api 5.3]") {
    ApiFixture api;
    const RunId run = api.add_run(api.add_schedule({}), "2024-01-01");
    REQUIRE(create_block_runs(api.instance, run).ok());
    api.instance.store.update(
        BlockRunId{4}, [](BlockRun& row) { row.dates.set_created_at(row.dates.created_at() - Duration::seconds(60)); });
    const std::string detail = api.body_of("GET /api/pipeline_runs/1");
    CHECK(detail.find("\"block_uuid\": \"export\"") < detail.find("\"block_uuid\": \"load\""));
    const std::string list = api.body_of("GET /api/pipeline_runs/1?_format=list");
    CHECK(list.find("\"block_uuid\": \"export\"") > list.find("\"block_uuid\": \"right\""));
}

TEST_CASE("a run whose schedule is gone is found by its id only", "[http-api 5.3][http-api 6.1][Q24]") {
    ApiFixture api;
    const ScheduleId schedule = api.add_schedule({});
    api.add_run(schedule, "2024-01-01");
    REQUIRE(create_block_runs(api.instance, api.add_run(schedule, "2024-01-02")).ok());
    for (const std::uint32_t id : {1u, 2u}) {
        api.instance.store.update(RunId{id}, [](Run& row) { row.pipeline_schedule_id = ScheduleId(); });
    }
    CHECK(api.ids_of("GET /api/pipeline_runs") == "");
    CHECK(api.body_of("GET /api/pipeline_runs/1").find("\"pipeline_schedule_id\": null") != std::string::npos);
    CHECK(api.exception_of("GET /api/pipeline_runs/2") == "'NoneType' object has no attribute 'id'");
    CHECK(api.exception_of("GET /api/pipeline_runs/2?_format=list") == "'NoneType' object has no attribute 'name'");
    CHECK(api.body_of("GET /api/pipeline_runs/2?_format=x").starts_with("{\"pipeline_run\": {"));
}

TEST_CASE("CREATE takes every column of a run", "[http-api 8.1]") {
    ApiFixture api;
    api.add_schedule({});
    const std::string answer = api.body_of(
        kCreate,
        run_json(R"("id": 50, "status": "failed", "passed_sla": true, "metrics": {"m": 1}, "event_variables": {"e": 2},
                            "executor_type": "k8s", "started_at": "2024-01-01T00:00:00+01:00", "completed_at": "2024-01-02",
                            "pipeline_uuid": "ignored", "pipeline_schedule_id": 9, "create_block_runs": true)"));
    for (const char* const part :
         {R"("id": 50)", R"("status": "failed")", R"("passed_sla": true)", R"("metrics": {"m": 1})",
          R"("event_variables": {"e": 2})", R"("executor_type": "k8s")", R"("started_at": "2023-12-31 23:00:00+00:00")",
          R"("completed_at": "2024-01-02 00:00:00+00:00")", R"("pipeline_uuid": "diamond")",
          R"("pipeline_schedule_id": 1)"}) {
        CAPTURE(part);
        CHECK(answer.find(part) != std::string::npos);
    }
    CHECK(api.exception_of(kCreate, run_json(R"("id": 50)"))
              .starts_with("(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint "
                           "\"pipeline_run_pkey\"\nDETAIL:  Key (id)=(50) already exists.\n"));
}

TEST_CASE("what is no run is refused, by the class or by the database", "[http-api 8.1][http-api 14.3]") {
    struct Case {
        std::string fields;
        std::string sqlite;
        std::string postgres;
    };
    const std::string text = "(psycopg2.errors.InvalidTextRepresentation) ";
    const std::vector<Case> cases = {
        {R"("bogus": 1)", "'bogus' is an invalid keyword argument for PipelineRun", ""},
        {R"("pipeline_type": 1)", "property 'pipeline_type' of 'PipelineRun' object has no setter", ""},
        {R"("block_runs": [{}])", "'dict' object has no attribute '_sa_instance_state'", ""},
        {R"("variables": "x")", "'str' object does not support item assignment", ""},
        {R"("variables": [1])", "list indices must be integers or slices, not str", ""},
        {R"("status": "zzz")",
         "'zzz' is not among the defined enum values. Enum name: pipelinerunstatus. Possible values: INITIAL, RUNNING, "
         "COMPLETED, ..., CANCELLED",
         text + "invalid input value for enum pipelinerunstatus: \"zzz\""},
        {R"("passed_sla": "x")", "(builtins.TypeError) Not a boolean value: 'x'", ""},
        {R"("passed_sla": 2)", "(builtins.ValueError) Value 2 is not None, True, or False", ""},
        {R"("started_at": "2024-01-01")",
         "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input.", "ok"},
        {R"("started_at": "soon")",
         "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input.",
         "(psycopg2.errors.InvalidDatetimeFormat) invalid input syntax for type timestamp with time zone: \"soon\""},
        {R"("started_at": 5)",
         "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input.",
         "(psycopg2.errors.DatatypeMismatch) column \"started_at\" is of type timestamp with time zone but expression "
         "is of "
         "type integer"},
        {R"("backfill_id": 777)", "ok",
         "(psycopg2.errors.ForeignKeyViolation) insert or update on table \"pipeline_run\" violates foreign key "
         "constraint "
         "\"pipeline_run_backfill_id\""},
        {R"("backfill_id": "x")", text + "invalid input syntax for type integer: \"x\"",
         text + "invalid input syntax for type integer: \"x\""},
        {R"("backfill_id": 99999999999)",
         "pipeline_run.backfill_id: 99999999999 is not an id that runsim can keep (1 to 2147483647)",
         "(psycopg2.errors.NumericValueOutOfRange) integer out of range"},
        {R"("metrics": {"a": [NaN]})", "ok", text + "invalid input syntax for type json"},
    };
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        for (const Case& c : cases) {
            CAPTURE(c.fields);
            ApiFixture api(dialect);
            api.add_schedule({});
            std::string expected = dialect == Dialect::sqlite || c.postgres.empty() ? c.sqlite : c.postgres;
            if (expected == "ok") {
                CHECK(api.body_of(kCreate, run_json(c.fields)).starts_with("{\"pipeline_run\": "));
                continue;
            }
            const std::string exception = api.exception_of(kCreate, run_json(c.fields));
            CHECK(exception.substr(0, exception.find('\n')) == expected);
            CHECK(api.instance.store.runs().size() == 0);
        }
    }
}

TEST_CASE("CREATE needs a record with a pipeline above it", "[http-api 8.1][http-api 1.5]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2024-01-01");
    api.add_schedule({.name = "gone", .pipeline = "gone"});
    const std::string none = "'NoneType' object has no attribute 'pipeline_uuid'";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"POST /api/pipeline_runs", none},
        {"POST /api/pipeline_schedules/99/pipeline_runs", none},
        {"POST /api/pipelines/diamond/pipeline_runs", "'Pipeline' object has no attribute 'pipeline_uuid'"},
        {"POST /api/pipelines/nope/pipeline_runs", "Pipeline nope does not exist."},
        {"POST /api/pipeline_schedules/2/pipeline_runs", "Pipeline gone does not exist in repo_path /home/src/lab."},
    };
    for (const auto& [call, exception] : cases) {
        CAPTURE(call);
        CHECK(api.exception_of(call) == exception);
    }
    // A run serves as well as a schedule: its id counts as one (Q6).
    CHECK(api.body_of("POST /api/pipeline_runs/1/pipeline_runs").find("\"pipeline_schedule_id\": 1") !=
          std::string::npos);
}

TEST_CASE("a run under an inactive @once schedule switches it on", "[http-api 8.1]") {
    struct Case {
        ScheduleType type;
        std::string interval;
        ScheduleStatus after;
    };
    for (const Case& c : {Case{ScheduleType::time, "@once", ScheduleStatus::active},
                          Case{ScheduleType::time, "@daily", ScheduleStatus::inactive},
                          Case{ScheduleType::api, "@once", ScheduleStatus::inactive}}) {
        CAPTURE(c.interval);
        ApiFixture api;
        api.add_schedule({.type = c.type, .status = ScheduleStatus::inactive, .interval = c.interval});
        api.send(kCreate);
        CHECK(api.instance.store.schedule(ScheduleId{1})->status == c.after);
        CHECK_FALSE(api.instance.store.schedule(ScheduleId{1})->last_enabled_at.has_value());
    }
}

TEST_CASE("UPDATE cancels or retries a run, and ignores everything else", "[http-api 8.2][Q18]") {
    ApiFixture api;
    const ScheduleId schedule = api.add_schedule({});
    const RunId run = api.add_run(schedule, "2024-01-01");
    REQUIRE(create_block_runs(api.instance, run).ok());
    const Store& store = api.instance.store;
    const std::string call = "PUT /api/pipeline_runs/1";

    const Instant updated = store.run(run)->updated_at;
    for (const char* const fields : {R"("status": "failed")", R"("status": "CANCELLED")", R"("variables": {"x": 1})",
                                     R"("pipeline_run_action": "x")", R"("status": 5)", ""}) {
        CAPTURE(fields);
        CHECK(api.body_of(call, run_json(fields)).find("\"status\": \"initial\"") != std::string::npos);
    }
    CHECK(store.run(run)->updated_at == updated);

    CHECK(api.body_of(call, run_json(R"("status": "cancelled")")).find("\"status\": \"cancelled\"") !=
          std::string::npos);
    CHECK(store.block_run(BlockRunId{1})->status == BlockRunStatus::cancelled);
    CHECK_FALSE(store.run(run)->completed_at.has_value());

    CHECK(api.body_of(call, run_json(R"("pipeline_run_action": "retry_blocks", "status": "cancelled")"))
              .find("\"status\": \"running\"") != std::string::npos);
    CHECK(store.block_run(BlockRunId{1})->status == BlockRunStatus::initial);
    CHECK(api.body_of("PUT /api/pipeline_runs/9").find("Record not found.") != std::string::npos);
}

TEST_CASE("DELETE removes a run with its block runs and shows it as it was", "[http-api 8.5]") {
    ApiFixture api;
    const RunId run = api.add_run(api.add_schedule({}), "2024-01-01", RunStatus::running);
    REQUIRE(create_block_runs(api.instance, run).ok());
    CHECK(api.body_of("DELETE /api/pipeline_runs/1").find("\"status\": \"running\"") != std::string::npos);
    CHECK(api.instance.store.runs().size() == 0);
    CHECK(api.instance.store.block_runs().size() == 0);
    CHECK(api.body_of("DELETE /api/pipeline_runs/1").find("Record not found.") != std::string::npos);
}

TEST_CASE("a finished run's kept text is dropped with what it shows", "[http-api 5.3]") {
    ApiFixture api;
    const ScheduleId schedule = api.add_schedule({});
    const RunId run = api.add_run(schedule, "2024-01-01", RunStatus::completed);
    REQUIRE(create_block_runs(api.instance, run).ok());
    const std::string call = "GET /api/pipeline_schedules/1/pipeline_runs";
    // The text is written twice before it is kept.
    const auto answer = [&] {
        const std::string written = api.body_of(call);
        CHECK(api.body_of(call) == written);
        CHECK(api.cache.bytes() > 0);
        CHECK(api.body_of(call) == written);
        return written;
    };
    answer();
    api.instance.store.update(schedule, [](Schedule& row) { row.name = "renamed"; });
    CHECK(answer().find("\"pipeline_schedule_name\": \"renamed\"") != std::string::npos);
    api.instance.store.update(BlockRunId{2}, [](BlockRun& row) { row.status = BlockRunStatus::completed; });
    CHECK(answer().find("\"completed_block_runs_count\": 1") != std::string::npos);
    api.instance.store.update(run, [](Run& row) { row.passed_sla = true; });
    CHECK(answer().find("\"passed_sla\": true") != std::string::npos);
    const std::string kept = api.body_of(call + "?include_pipeline_tags=1&include_pipeline_type=1");
    CHECK(kept.find(R"("pipeline_tags": ["red", "blue"], "pipeline_type": "python", "repo_path")") !=
          std::string::npos);
    CHECK(api.body_of(call).find(R"("pipeline_tags": null, "pipeline_type": null, "repo_path")") != std::string::npos);
}
