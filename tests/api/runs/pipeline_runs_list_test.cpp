#include "api/runs/run_filter.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kRuns = "GET /api/pipeline_runs";

// alpha (diamond, schedule 1): 1 completed, 2 failed, 3 cancelled; beta (chain, schedule 2): 4 failed and its retry 5
// completed, 6 failed, 7 initial. Dates ascend with the ids, 4 and 5 share theirs.
void add_mixed_runs(ApiFixture& api) {
    const ScheduleId alpha = api.add_schedule({.name = "alpha"});
    const ScheduleId beta = api.add_schedule({.name = "beta", .pipeline = "chain"});
    api.add_run(alpha, "2024-03-01", RunStatus::completed);
    api.add_run(alpha, "2024-03-02", RunStatus::failed);
    api.add_run(alpha, "2024-03-03", RunStatus::cancelled);
    api.add_run(beta, "2024-03-04", RunStatus::failed);
    api.add_run(beta, "2024-03-04", RunStatus::completed);
    api.add_run(beta, "2024-03-05", RunStatus::failed);
    api.add_run(beta, "2024-03-06", RunStatus::initial);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

struct Case {
    std::string query;
    std::string sqlite;
    std::string postgres;  // "": the same
};

// The ids, or the first line of the exception.
void check(const std::vector<Case>& cases, void (*add)(ApiFixture&)) {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        add(api);
        for (const Case& c : cases) {
            CAPTURE(c.query, name_of(dialect));
            const std::string& expected = dialect == Dialect::sqlite || c.postgres.empty() ? c.sqlite : c.postgres;
            const std::string ids = api.ids_of(kRuns + c.query);
            if (ids.find("error") == std::string::npos)
                CHECK(ids == expected);
            else
                CHECK(first_line(api.exception_of(kRuns + c.query)) == expected);
        }
    }
}

const std::string kEnum =
    "(psycopg2.errors.InvalidTextRepresentation) invalid input value for enum pipelinerunstatus: ";

}  // namespace

TEST_CASE("the filters of a list of runs", "[http-api 6.2][http-api 6.4][http-api 14.3]") {
    check(
        {
            {"", "7 6 5 4 3 2 1", ""},
            {"?status=failed", "6 4 2", ""},
            {"?status=FAILED", "6 4 2", ""},
            {"?status=Failed", "", kEnum + "\"Failed\""},
            {"?status=", "", kEnum + "\"\""},
            {"?status=failed,cancelled", "", kEnum + "\"failed,cancelled\""},
            {"?status=true", "",
             "(psycopg2.errors.UndefinedFunction) operator does not exist: pipelinerunstatus = boolean"},
            {"?status[]=failed,cancelled", "6 4 3 2", ""},
            {"?status[]=failed&status[]=cancelled", "6 4 2", ""},
            {"?status[]=", "7 6 5 4 3 2 1", ""},
            {"?status[]=failed,nonsense", "6 4 2", kEnum + "\"nonsense\""},
            {"?status[]=last_run_failed", "", kEnum + "\"last_run_failed\""},
            {"?status=failed&status[]=completed", "", ""},
            {"?status=last_run_failed", "6 2", ""},
            {"?status=last_run_failed&pipeline_uuid=diamond", "2", ""},
            {"?pipeline_uuid=chain", "7 6 5 4", ""},
            {"?pipeline_uuid=", "", ""},
            {"?pipeline_uuid=nope", "", ""},
            {"?pipeline_uuid=true", "",
             "(psycopg2.errors.UndefinedFunction) operator does not exist: character varying = boolean"},
            {"?pipeline_uuid=%00", "", "A string literal cannot contain NUL (0x00) characters."},
            {"?pipeline_uuid[]=chain,nope", "7 6 5 4", ""},
            {"?pipeline_uuid[]=nope", "", ""},
            {"?pipeline_uuid[]=", "7 6 5 4 3 2 1", ""},
            {"?pipeline_uuid=chain&status=failed", "6 4", ""},
            {"?pipeline_tag[]=red", "3 2 1", ""},
            {"?pipeline_tag[]=blue,nope", "3 2 1", ""},
            {"?pipeline_tag[]=nope", "7 6 5 4 3 2 1", ""},
            {"?pipeline_type=python", "7 6 5 4 3 2 1", ""},
            {"?pipeline_type=streaming", "", ""},
            {"?pipeline_type=", "", ""},
            {"?backfill_id=5", "", ""},
            {"?backfill_id=99999999999999", "", ""},
            {"?pipeline_schedule_id=1&order_by=id", "7 6 5 4 3 2 1", ""},
            {"?global_data_product_uuid=x", "", ""},
            {"?global_data_product_uuid=", "", ""},
            {"?api_key=anything&foo=bar", "7 6 5 4 3 2 1", ""},
        },
        add_mixed_runs);
}

TEST_CASE("runs of a schedule, of none, and of something that is no schedule", "[http-api 6][Q5][Q6]") {
    ApiFixture api;
    add_mixed_runs(api);
    CHECK(api.ids_of("GET /api/pipeline_schedules/1/pipeline_runs") == "3 2 1");
    CHECK(api.ids_of("GET /api/pipeline_schedules/2/pipeline_runs?status=failed") == "6 4");
    CHECK(api.ids_of("GET /api/pipeline_schedules/99/pipeline_runs") == "7 6 5 4 3 2 1");
    CHECK(api.ids_of("GET /api/pipeline_runs/2/pipeline_runs?disable_retries_grouping=1") == "7 6 5 4");
    CHECK(api.exception_of("GET /api/pipelines/diamond/pipeline_runs") == "'Pipeline' object has no attribute 'id'");
    CHECK(first_line(api.exception_of("GET /api/pipeline_schedules/abc/pipeline_runs")) ==
          "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type integer: \"abc\"");
}

TEST_CASE("order_by[] names columns and directions", "[http-api 6.3][http-api 14.2]") {
    const std::string none =
        "Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with PipelineRun.id has an "
        "attribute ";
    check(
        {
            {"?order_by[]=id", "1 2 3 4 5 6 7", ""},
            {"?order_by[]=id%20DESC", "7 6 5 4 3 2 1", ""},
            {"?order_by[]=%20id%20desc%20nonsense%20", "7 6 5 4 3 2 1", ""},
            {"?order_by[]=pipeline_uuid,id%20desc", "7 6 5 4 3 2 1", ""},
            {"?order_by[]=pipeline_uuid%20desc,id", "1 2 3 4 5 6 7", ""},
            {"?order_by[]=status,id", "3 1 5 2 4 6 7", "7 1 5 2 4 6 3"},
            {"?order_by[]=execution_date,id%20desc", "1 2 3 5 4 6 7", ""},
            {"?order_by[]=completed_at,id%20desc", "7 6 5 4 3 2 1", ""},
            {"?order_by[]=", "7 6 5 4 3 2 1", ""},
            {"?order_by[]=nope", "type object 'PipelineRun' has no attribute 'nope'", ""},
            {"?order_by[]=id,", "type object 'PipelineRun' has no attribute ''", ""},
            {"?order_by[]=pipeline_schedule_name", "'property' object has no attribute 'asc'", ""},
            {"?order_by[]=create", "'function' object has no attribute 'asc'", ""},
            {"?order_by[]=id%20foo", none + "'foo'", ""},
            {"?order_by[]=id%20%20desc", none + "''", ""},
            {"?order_by[]=variables,id", "1 2 3 4 5 6 7",
             "(psycopg2.errors.UndefinedFunction) could not identify an ordering operator for type json"},
        },
        add_mixed_runs);
}

TEST_CASE("a run without a date stands where NULL belongs", "[http-api 6.3][http-api 14.2]") {
    const auto add = [](ApiFixture& api) {
        const ScheduleId schedule = api.add_schedule({});
        api.add_run(schedule, "2024-01-01");
        api.add_run(schedule, "");
        api.add_run(schedule, "2024-01-02");
    };
    check(
        {
            {"", "3 1 2", "2 3 1"},
            {"?order_by[]=execution_date", "2 1 3", "1 3 2"},
            {"?order_by[]=execution_date%20desc", "3 1 2", "2 3 1"},
            {"?_limit=1&_offset=2", "2", "1"},
        },
        add);
}

TEST_CASE("pages of a list, at their edges too", "[http-api 2.3][http-api 14.3]") {
    const std::string limit = "(psycopg2.errors.InvalidRowCountInLimitClause) LIMIT must not be negative";
    const std::string offset = "(psycopg2.errors.InvalidRowCountInResultOffsetClause) OFFSET must not be negative";
    const std::string bigint = "(psycopg2.errors.NumericValueOutOfRange) bigint out of range";
    const std::string overflow = "Python int too large to convert to SQLite INTEGER";
    check(
        {
            {"?_limit=2", "7 6", ""},
            {"?_limit=2&_offset=5", "2 1", ""},
            {"?_limit=100", "7 6 5 4 3 2 1", ""},
            {"?_offset=6", "1", ""},
            {"?_offset=7", "", ""},
            {"?_limit=0", "", ""},
            {"?_limit=-1", "", ""},
            {"?_limit=-5", "7 6 5 4 3 2", limit},
            {"?_offset=-1", "7 6 5 4 3 2 1", offset},
            {"?_offset=-1&_limit=-5", "7 6 5 4 3 2", offset},
            {"?_limit=9223372036854775806", "7 6 5 4 3 2 1", ""},
            {"?_limit=9223372036854775807", overflow, bigint},
            {"?_limit=99999999999999999999", overflow, bigint},
            {"?_offset=9223372036854775807", "", ""},
            {"?_offset=9223372036854775808", overflow, bigint},
            {"?pipeline_type=python&_limit=2", "7 6", ""},
            {"?pipeline_type=python&_limit=-2", "7 6 5 4", ""},
        },
        add_mixed_runs);
    ApiFixture api(Dialect::sqlite);
    const std::vector<std::pair<std::string, std::string>> next = {
        {"?_limit=0", "true"},
        {"?_limit=0&_offset=7", "false"},
        {"?_limit=-1", "true"},
        {"?_limit=-5", "true"},
        {"?_limit=7", "false"},
        {"?_limit=6", "true"},
        {"?_limit=2&_offset=5", "false"},
        {"?pipeline_type=python&_limit=2", "false"},
    };
    CHECK(api.body_of(kRuns + "?_limit=-1") == R"({"pipeline_runs": [], "metadata": {"count": 0, "next": true}})");
    add_mixed_runs(api);
    for (const auto& [query, is_next] : next) {
        CAPTURE(query);
        CHECK(api.body_of(kRuns + query).ends_with("\"metadata\": {\"count\": 7, \"next\": " + is_next + "}}"));
    }
}

TEST_CASE("created_at is compared with unix seconds, both ends included", "[http-api 6.2]") {
    ApiFixture api(Dialect::sqlite);
    const ScheduleId schedule = api.add_schedule({});
    for (int i = 0; i < 3; ++i) {
        api.add_run(schedule, "2024-01-01");
        api.instance.now = api.instance.now + Duration::seconds(10);
    }
    // 2026-01-01 00:00:00 is 1767225600.
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"?start_timestamp=1767225610", "3 2"},
        {"?start_timestamp=1767225611", "3"},
        {"?end_timestamp=1767225610", "2 1"},
        {"?start_timestamp=1767225610&end_timestamp=1767225610", "2"},
        {"?start_timestamp=&end_timestamp=false", "3 2 1"},
        {"?start_timestamp=true", "3 2 1"},
        {"?start_timestamp=-5", "3 2 1"},
    };
    for (const auto& [query, ids] : cases) {
        CAPTURE(query);
        CHECK(api.ids_of(kRuns + query) == ids);
    }
    const auto wrong = [](const std::string& name) {
        return R"({"error": {"code": 400, "message": "Value is invalid for )" + name +
               R"(.", "type": "record_invalid"}, "status": 200})";
    };
    CHECK(api.body_of(kRuns + "?start_timestamp=x") == wrong("start_timestamp"));
    CHECK(api.body_of(kRuns + "?end_timestamp=1.5") == wrong("end_timestamp"));
    CHECK(api.body_of(kRuns + "?end_timestamp=99999999999999999999") == wrong("end_timestamp"));
    CHECK(api.body_of(kRuns + "?end_timestamp=253402300800") == wrong("end_timestamp"));
    CHECK(api.exception_of(kRuns + "?start_timestamp=99999999999999999") ==
          "[Errno 75] Value too large for defined data type");
    CHECK(api.send(kRuns + "?_http_error_codes=1&start_timestamp=x").status == 400);
}

TEST_CASE("schedules of other projects and of data products are left out", "[http-api 6.1]") {
    ApiFixture api;
    add_mixed_runs(api);
    api.instance.store.update(ScheduleId{2}, [](Schedule& row) { row.repo_path = "/home/src/other"; });
    CHECK(api.ids_of(kRuns) == "3 2 1");
    CHECK(api.ids_of("GET /api/pipeline_schedules/2/pipeline_runs") == "");
    CHECK(api.ids_of(kRuns + "?include_all_pipeline_schedules=0") == "7 6 5 4 3 2 1");
    CHECK(api.body_of(kRuns + "?_limit=1").ends_with("{\"count\": 3, \"next\": true}}"));
    api.instance.store.update(ScheduleId{2}, [](Schedule& row) { row.repo_path.reset(); });
    CHECK(api.ids_of(kRuns) == "7 6 5 4 3 2 1");
    api.instance.store.update(ScheduleId{2}, [](Schedule& row) { row.global_data_product_uuid = "gdp"; });
    CHECK(api.ids_of(kRuns) == "3 2 1");
    CHECK(api.ids_of(kRuns + "?global_data_product_uuid=gdp") == "7 6 5 4");
}

TEST_CASE("what else a list of runs may show", "[http-api 5.3][http-api 6.3]") {
    ApiFixture api;
    add_mixed_runs(api);
    CHECK(api.body_of(kRuns + "?_limit=0&include_pipeline_uuids=1") ==
          R"({"pipeline_runs": [], "metadata": {"count": 7, "next": true, "pipeline_uuids": ["chain", "diamond"]}})");
    struct Shown {
        std::string query;
        std::string columns;
    };
    const std::vector<Shown> cases = {
        {"", R"("pipeline_tags": null, "pipeline_type": null)"},
        {"&include_pipeline_tags=true", R"("pipeline_tags": ["red", "blue"], "pipeline_type": null)"},
        {"&include_pipeline_tags=false", R"("pipeline_tags": null, "pipeline_type": null)"},
        {"&include_pipeline_type=0", R"("pipeline_tags": null, "pipeline_type": "python")"},
        {"&pipeline_type=python", R"("pipeline_tags": null, "pipeline_type": "python")"},
    };
    for (const Shown& c : cases) {
        CAPTURE(c.query);
        CHECK(api.body_of("GET /api/pipeline_schedules/1/pipeline_runs?_limit=1" + c.query).find(c.columns) !=
              std::string::npos);
    }
    CHECK(api.body_of("GET /api/pipeline_schedules/2/pipeline_runs?_limit=1&include_pipeline_tags=1")
              .find(R"("pipeline_tags": null)") != std::string::npos);
}

TEST_CASE("a run of a pipeline that is gone can be listed, but not with its type", "[http-api 5.3]") {
    ApiFixture api;
    api.add_run(api.add_schedule({.pipeline = "gone"}), "2024-01-01");
    CHECK(api.body_of(kRuns + "?include_pipeline_tags=1").find(R"("pipeline_tags": [], "pipeline_type": null)") !=
          std::string::npos);
    const std::string gone = "Pipeline gone does not exist in repo_path /home/src/lab.";
    CHECK(api.exception_of(kRuns + "?include_pipeline_type=1") == gone);
    CHECK(api.exception_of(kRuns + "?pipeline_type=python") == gone);
}

TEST_CASE("a page read from the store's order and one that is filtered and sorted agree, wherever it lies") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        const ScheduleId first = api.add_schedule({.name = "first"});
        const ScheduleId second = api.add_schedule({.name = "second"});
        Prng random(3);
        for (int i = 0; i < 400; ++i) {
            const RunId id = api.add_run(random.below(2) == 0 ? first : second, "2024-01-01");
            const std::int64_t minutes = random.between(0, 60);
            api.instance.store.update(id, [minutes](Run& row) {
                row.execution_date =
                    minutes == 0 ? MaybeInstant() : MaybeInstant(*row.execution_date + Duration::minutes(minutes));
            });
        }
        for (int i = 0; i < 60; ++i) {
            const std::string page = "?_limit=" + std::to_string(random.between(0, 50)) +
                                     "&_offset=" + std::to_string(random.between(0, 199));
            CAPTURE(page);
            const std::string base = "GET /api/pipeline_schedules/1/pipeline_runs" + page;
            const std::string plain = api.body_of(base);
            CHECK(plain == api.body_of(base + "&status=initial"));
            CHECK(plain == api.body_of(base + "&order_by[]=execution_date%20desc,id%20desc"));
            CHECK(api.body_of(kRuns + page) == api.body_of(kRuns + page + "&pipeline_uuid[]=diamond"));
        }
    }
}
