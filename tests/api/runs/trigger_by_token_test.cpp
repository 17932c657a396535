#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kToken = "00000000000000000000000000000001";
const std::string kTrigger = "POST /api/pipeline_schedules/1/pipeline_runs/" + kToken;

std::string part_of(const std::string& answer, const std::string& key) {
    const std::size_t at = answer.find("\"" + key + "\": ");
    if (at == std::string::npos) return "no " + key + " in " + answer;
    return answer.substr(at, answer.find(", \"", at) - at);
}

}  // namespace

TEST_CASE("a trigger answers with the run in the order of its columns, without metadata", "[http-api 8.6]") {
    ApiFixture postgres(Dialect::postgres);
    postgres.add_schedule({});
    CHECK(
        postgres.body_of(kTrigger, R"({"env": "dev", "test": 1})") ==
        R"({"pipeline_run": {"id": 1, "created_at": "2026-01-01 00:00:00.000003+00:00", "updated_at": "2026-01-01 00:00:00.000003+00:00", )"
        R"("pipeline_schedule_id": 1, "pipeline_uuid": "diamond", "execution_date": "2026-01-01 00:00:00.000002+00:00", "status": "initial", )"
        R"("started_at": null, "completed_at": null, "variables": {"execution_partition": "1/20260101T000000_000002"}, "passed_sla": false, )"
        R"("event_variables": {"env": "dev", "test": 1}, "metrics": null, "backfill_id": null, "executor_type": "local_python"}})");
    ApiFixture sqlite(Dialect::sqlite);
    sqlite.add_schedule({});
    CHECK(
        sqlite.body_of(kTrigger, "{}") ==
        R"({"pipeline_run": {"id": 1, "created_at": "2026-01-01 00:00:00", "updated_at": "2026-01-01 00:00:00", )"
        R"("pipeline_schedule_id": 1, "pipeline_uuid": "diamond", "execution_date": "2026-01-01 00:00:00.000002", "status": "initial", )"
        R"("started_at": null, "completed_at": null, "variables": {"execution_partition": "1/20260101T000000_000002"}, "passed_sla": false, )"
        R"("event_variables": {}, "metrics": null, "backfill_id": null, "executor_type": "local_python"}})");
}

TEST_CASE("the run has its block runs at once, and the schedule is set active without last_enabled_at",
          "[http-api 8.6][Q34]") {
    ApiFixture api;
    api.add_schedule({.status = ScheduleStatus::inactive});
    api.send(kTrigger);
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 4);
    const Schedule& schedule = *api.instance.store.schedule(ScheduleId{1});
    CHECK(schedule.status == ScheduleStatus::active);
    CHECK_FALSE(schedule.last_enabled_at.has_value());
    CHECK(api.instance.store.run(RunId{1})->status == RunStatus::initial);
}

TEST_CASE("what is in the body becomes payload and event variables", "[http-api 8.6][Q12]") {
    struct Case {
        std::string body;
        std::string variables;
        std::string event_variables;
    };
    const std::vector<Case> cases = {
        {"", "{", "null"},
        {"{}", "{", "{}"},
        {R"({"pipeline_run": {}})", "{", "{}"},
        {R"({"pipeline_run": {"variables": {"x": 1, "y": [1, {"z": null}]}}, "source": "web", "n": 1.5})",
         R"({"x": 1, "y": [1, {"z": null}], )", R"({"source": "web", "n": 1.5})"},
        {R"({"pipeline_run": {"variables": null}})", "{", "{}"},
        {R"({"pipeline_run": {"variables": []}})", "{", "{}"},
        {R"({"pipeline_run": {"variables": {"execution_partition": "x", "a": 1}}})", R"({)", "{}"},
        {R"({"pipeline_run": {"event_variables": {"lost": 1}}, "kept": 2})", "{", R"({"kept": 2})"},
        {"{\"text\": \"caf\xc3\xa9\"}", "{", R"({"text": "caf\u00e9"})"},
        {"\xef\xbb\xbf{\"bom\": 1}", "{", R"({"bom": 1})"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.body);
        ApiFixture api;
        api.add_schedule({});
        api.send(kTrigger, c.body, {{"Content-Type", "application/x-www-form-urlencoded"}});
        const Run* run = api.instance.store.run(RunId{1});
        REQUIRE(run);
        std::string variables = c.variables + "\"execution_partition\": \"1/20260101T000000_000002\"";
        variables += c.body.find("\"a\"") != std::string::npos ? ", \"a\": 1}" : "}";
        CHECK(run->variables.json() == variables);
        CHECK(run->event_variables.json() == c.event_variables);
    }
}

TEST_CASE("a trigger is refused in the server's order and words", "[http-api 8.6]") {
    ApiFixture api;
    api.add_schedule({});
    api.add_schedule({.name = "timed", .type = ScheduleType::time});
    api.add_schedule({.name = "no token", .token = std::nullopt});
    api.add_schedule({.name = "empty token", .token = ""});
    api.add_schedule({.name = "gone", .pipeline = "gone"});
    const auto under = [](const std::string& id, const std::string& token = kToken) {
        return "POST /api/pipeline_schedules/" + id + "/pipeline_runs/" + token;
    };
    const std::string missing = "{'code': 404, 'message': 'Record not found.', 'type': 'record_not_found'}";
    struct Case {
        std::string call;
        std::string body;
        std::string exception;
    };
    const std::vector<Case> cases = {
        {under("abc"), "{", "invalid literal for int() with base 10: 'abc'"},
        {under("1_0"), "{", missing},
        {under("999"), "{", missing},
        {under("0"), "{", missing},
        {under("99999999999999999999"), "{", missing},
        {under("2"), "{", "This endpoint is only supported for API trigger."},
        {under("3"), "{", "The token of the API trigger cannot be empty."},
        {under("4"), "{", "The token of the API trigger cannot be empty."},
        {under("01", "wrong"), "{", "Invalid token for pipeline schedule ID 01."},
        {under("1"), "{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {under("1"), "{\"a\": ", "Expecting value: line 1 column 7 (char 6)"},
        {under("1"), "[1, 2]", "'list' object has no attribute 'get'"},
        {under("1"), "[]", "'list' object has no attribute 'get'"},
        {under("1"), "\"\"", "'str' object has no attribute 'get'"},
        {under("1"), "null", "'NoneType' object has no attribute 'get'"},
        {under("1"), "7", "'int' object has no attribute 'get'"},
        {under("1"), R"({"pipeline_run": null})", "argument of type 'NoneType' is not iterable"},
        {under("1"), R"({"pipeline_run": 5})", "argument of type 'int' is not iterable"},
        {under("1"), R"({"pipeline_run": true})", "argument of type 'bool' is not iterable"},
        {under("1"), R"({"pipeline_run": "x"})", "'str' object does not support item assignment"},
        {under("1"), R"({"pipeline_run": [1]})", "list indices must be integers or slices, not str"},
        {under("5"), "{}", "Pipeline gone does not exist in repo_path /home/src/lab."},
        {under("1"), R"({"pipeline_run": {"variables": "x"}})", "'str' object does not support item assignment"},
        {under("1"), R"({"pipeline_run": {"variables": [1]}})", "list indices must be integers or slices, not str"},
        {under("1"), R"({"pipeline_run": {"variables": 5}})", "'int' object does not support item assignment"},
        {under("1"), R"({"pipeline_run": {"execution_date": "soon"}})", "Invalid isoformat string: 'soon'"},
        {under("1"), R"({"pipeline_run": {"execution_date": 5}})", "fromisoformat: argument must be str"},
        {under("1"), R"({"pipeline_run": {"bogus": 1}})", "'bogus' is an invalid keyword argument for PipelineRun"},
    };
    const Instant before = api.instance.now;
    for (const Case& c : cases) {
        CAPTURE(c.call, c.body);
        CHECK(api.exception_of(c.call, c.body) == c.exception);
    }
    CHECK(api.instance.store.runs().size() == 0);
    CHECK(api.instance.now == before);
}

TEST_CASE("the token may come in an Authorization header, read as the server reads it", "[http-api 8.6]") {
    ApiFixture api;
    api.add_schedule({});
    const std::string call = "POST /api/pipeline_schedules/1/api_trigger";
    const std::vector<std::pair<std::string, bool>> cases = {
        {"Bearer " + kToken, true},
        {"bearer " + kToken, true},
        {"BEARER " + kToken, false},
        {kToken, false},
        {"Basic x,Bearer " + kToken, true},
        {"Basic x, Bearer " + kToken, false},
        {"Bearer wrong", false},
        {"", false},
        {"Bearer " + kToken + ",Bearer wrong", true},
        {"Bearer bearer " + kToken, true},
    };
    for (const auto& [header, accepted] : cases) {
        CAPTURE(header);
        const std::string answer = api.body_of(call, "{}", {{"Authorization", header}});
        CHECK(answer.starts_with("{\"pipeline_run\": ") == accepted);
        if (!accepted) {
            CHECK(api.exception_of(call, "{}", {{"Authorization", header}}) ==
                  "Invalid token for pipeline schedule ID 1.");
        }
    }
    CHECK(api.body_of(call).ends_with("\"url_parameters\": {\"pipeline_schedule_id\": \"1\"}}"));
}

TEST_CASE("an execution date keeps its own clock in the partition", "[http-api 8.6]") {
    struct Case {
        std::string text;
        std::string sqlite;
        std::string postgres;
        std::string partition;
    };
    const std::vector<Case> cases = {
        {"2024-05-06T07:08:09.123456", "2024-05-06 07:08:09.123456", "2024-05-06 07:08:09.123456+00:00",
         "20240506T070809_123456"},
        {"2024-05-06T07:08:09+02:00", "2024-05-06 07:08:09", "2024-05-06 05:08:09+00:00", "20240506T070809_000000"},
        {"2024-05-06", "2024-05-06 00:00:00", "2024-05-06 00:00:00+00:00", "20240506T000000_000000"},
        {"20240506T070809Z", "2024-05-06 07:08:09", "2024-05-06 07:08:09+00:00", "20240506T070809_000000"},
    };
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        for (const Case& c : cases) {
            CAPTURE(c.text);
            ApiFixture api(dialect);
            api.add_schedule({});
            const std::string answer =
                api.body_of(kTrigger, R"({"pipeline_run": {"execution_date": ")" + c.text + "\"}}");
            CHECK(part_of(answer, "execution_date") ==
                  "\"execution_date\": \"" + (dialect == Dialect::sqlite ? c.sqlite : c.postgres) + "\"");
            CHECK(part_of(answer, "execution_partition") == "\"execution_partition\": \"1/" + c.partition + "\"}");
        }
    }
}

TEST_CASE("keys that steer the constructor are no columns", "[http-api 8.6]") {
    ApiFixture api;
    api.add_schedule({});
    api.send(kTrigger,
             R"({"pipeline_run": {"create_block_runs": false, "commit": true, "global_data_product_uuid": "x"}})");
    REQUIRE(api.instance.store.run(RunId{1}));
    CHECK(api.instance.store.block_runs_count(RunId{1}) == 0);
    const std::string dated = R"({"pipeline_run": {"execution_date": "2024-01-01", "prevent_duplicates": true}})";
    CHECK(api.body_of(kTrigger, dated).starts_with("{\"pipeline_run\": {\"id\": 2, "));
    CHECK(api.exception_of(kTrigger, dated) == "'NoneType' object has no attribute 'to_dict'");
    CHECK(api.instance.store.runs().size() == 2);
}

TEST_CASE("a streaming or integration pipeline gets no block runs from a trigger", "[http-api 8.4]") {
    for (const char* const type : {"streaming", "integration"}) {
        CAPTURE(type);
        ApiFixture api(Dialect::postgres, ProjectBuilder().pipeline("diamond", type).block("a").build());
        api.add_schedule({});
        api.send(kTrigger);
        REQUIRE(api.instance.store.run(RunId{1}));
        CHECK(api.instance.store.block_runs_count(RunId{1}) == 0);
    }
}

TEST_CASE("two triggers on a clock that stands still have two execution dates") {
    ApiFixture api;
    api.add_schedule({});
    api.send(kTrigger);
    api.send(kTrigger);
    CHECK(api.instance.store.run(RunId{1})->execution_date < api.instance.store.run(RunId{2})->execution_date);
}
