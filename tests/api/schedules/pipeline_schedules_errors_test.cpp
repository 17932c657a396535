#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

constexpr const char* kCreate = "POST /api/pipelines/diamond/pipeline_schedules";
constexpr const char* kUpdate = "PUT /api/pipeline_schedules/1";

std::string schedule(std::string_view members) { return "{\"pipeline_schedule\": {" + std::string(members) + "}}"; }

// Up to the first line's end: what a driver says after it is the statement.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE("an empty name is an error of the API on create, and an exception on update", "[Q16]") {
    ApiFixture api;
    const std::pair<const char*, const char*> cases[] = {{"", "null"},
                                                         {R"("name": null)", "null"},
                                                         {R"("name": "")", "\"\""},
                                                         {R"("name": 0)", "0"},
                                                         {R"("name": [])", "[]"}};
    for (const auto& [members, value] : cases) {
        INFO(members);
        const std::string body =
            R"({"error": {"code": 200, "message": "Record is invalid.", "type": "record_invalid", "errors": {"error": "name cannot be empty.", "metadata": {"key": "name", "value": )" +
            std::string(value) + R"(}}}, "status": 200})";
        CHECK(api.body_of(kCreate, schedule(members)) == body);
        const auto flagged = api.send(std::string(kCreate).append("?_http_error_codes=1"), schedule(members));
        CHECK(flagged.status == 200);
        CHECK(flagged.body == body);
    }
    CHECK(api.instance.store.schedules().empty());

    api.add_schedule({});
    for (const char* members : {R"("name": null)", R"("name": "")"}) {
        INFO(members);
        CHECK(api.exception_of(kUpdate, schedule(members)) == "name cannot be empty.");
    }
}

TEST_CASE("what a schedule refuses before the database sees it") {
    struct Case {
        const char* call;
        const char* members;
        const char* exception;
    };
    const Case cases[] = {
        {kCreate, R"("name": "x", "schedule_interval": "every day")", "Cron expression is invalid."},
        {kCreate, R"("name": "x", "schedule_interval": "@reboot")", "Cron expression is invalid."},
        {kCreate, R"("name": "x", "schedule_interval": "@daily ")", "Cron expression is invalid."},
        {kCreate, R"("name": "x", "schedule_interval": 5)", "'int' object has no attribute 'lower'"},
        {kCreate, R"("name": 5)", "object of type 'int' has no len()"},
        {kCreate, R"("name": true)", "object of type 'bool' has no len()"},
        {kCreate, R"("name": "x", "bogus": 1)", "'bogus' is an invalid keyword argument for PipelineSchedule"},
        {kCreate, R"("name": "x", "tags": ["a"])", "'tags' is an invalid keyword argument for PipelineSchedule"},
        {kCreate, R"("name": "x", "rotate_token": true)",
         "'rotate_token' is an invalid keyword argument for PipelineSchedule"},
        {kCreate, R"("name": "x", "timeout": 1)", "property 'timeout' of 'PipelineSchedule' object has no setter"},
        {kCreate, R"("name": "x", "event_matchers": [{}])", "'dict' object has no attribute '_sa_instance_state'"},
        {kCreate, R"("name": "x", "pipeline_runs": null)", "Incompatible collection type: None is not list-like"},
        {kCreate, R"("schedule_interval": "nonsense", "bogus": 1)",
         "Cron expression is invalid."},  // in the order of the keys
        {kCreate, R"("name": "x", "start_time": "garbage")", "Unknown string format: garbage"},
        {kCreate, R"("name": "x", "start_time": "")", "String does not contain a date: "},
        {kUpdate, R"("schedule_interval": "61 * * * *")", "Cron expression is invalid."},
        {kUpdate, R"("timeout_status": "failed")",
         "property 'timeout_status' of 'PipelineSchedule' object has no setter"},
        {kUpdate, R"("pipeline_runs": [5])", "'int' object has no attribute '_sa_instance_state'"},
        {kUpdate, R"("tags": "xy")",
         "IN expression list, SELECT construct, or bound parameter object expected, got 'xy'."},
        {kUpdate, R"("event_matchers": [{"id": 777}])", "777"},
        {kUpdate, R"("event_matchers": [{"id": "777"}])", "'777'"},
        {kUpdate, R"("event_matchers": [{"foo": 1}])", "'foo' is an invalid keyword argument for EventMatcher"},
        {kUpdate, R"("event_matchers": 5)", "object of type 'int' has no len()"},
        {kUpdate, R"("event_matchers": [5])", "'int' object has no attribute 'copy'"},
    };
    for (const auto dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        api.add_schedule({});
        const Schedule before = *api.instance.store.schedule(ScheduleId{1});
        for (const Case& c : cases) {
            INFO(c.call << " " << c.members);
            CHECK(api.exception_of(c.call, schedule(c.members)) == c.exception);
        }
        CHECK(api.instance.store.schedules().size() == 1);
        CHECK(*api.instance.store.schedule(ScheduleId{1}) == before);
        CHECK(api.instance.store.event_matchers().empty());
    }
}

TEST_CASE("what each database refuses of a schedule, and then nothing is stored", "[http-api 7.2][http-api 14.3]") {
    struct Case {
        Dialect dialect;
        const char* members;
        const char* exception;  // its first line
    };
    using enum Dialect;
    const Case cases[] = {
        {postgres, R"("status": "bogus")",
         R"((psycopg2.errors.InvalidTextRepresentation) invalid input value for enum schedulestatus: "bogus")"},
        {postgres, R"("schedule_type": "bogus")",
         R"((psycopg2.errors.InvalidTextRepresentation) invalid input value for enum scheduletype: "bogus")"},
        {postgres, R"("sla": "abc")",
         R"((psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type integer: "abc")"},
        {postgres, R"("sla": 99999999999)", "(psycopg2.errors.NumericValueOutOfRange) integer out of range"},
        {postgres, R"("start_time": 5)",
         R"((psycopg2.errors.DatatypeMismatch) column "start_time" is of type timestamp with time zone but expression is of type integer)"},
        {postgres, R"("variables": {"a": NaN})",
         "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type json"},
        {postgres, R"("name": {"a": 1})", "(psycopg2.ProgrammingError) can't adapt type 'dict'"},
        {postgres, R"("token": "\u0000")", "A string literal cannot contain NUL (0x00) characters."},
        {postgres, R"("schedule_interval": "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20 * * * *")",
         "(psycopg2.errors.StringDataRightTruncation) value too long for type character varying(50)"},
        {sqlite, R"("status": "bogus")",
         "'bogus' is not among the defined enum values. Enum name: schedulestatus. Possible values: ACTIVE, INACTIVE"},
        {sqlite, R"("schedule_type": "bogus")",
         "'bogus' is not among the defined enum values. Enum name: scheduletype. Possible values: API, EVENT, TIME"},
        {sqlite, R"("last_enabled_at": "2024-01-01")",
         "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input."},
        {sqlite, R"("start_time": 5)",
         "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input."},
    };
    for (const Case& c : cases) {
        INFO(name_of(c.dialect) << " " << c.members);
        ApiFixture api(c.dialect);
        api.add_schedule({});
        const Schedule before = *api.instance.store.schedule(ScheduleId{1});
        const std::string name = std::string_view(c.members).starts_with("\"name\"") ? "" : R"("name": "x", )";
        CHECK(first_line(api.exception_of(kCreate, schedule(name + c.members))) == c.exception);
        CHECK(first_line(api.exception_of(kUpdate, schedule(c.members))) == c.exception);
        CHECK(api.instance.store.schedules().size() == 1);
        CHECK(*api.instance.store.schedule(ScheduleId{1}) == before);
    }
}

TEST_CASE("a text of 255 characters fits, one of 256 does not (postgres)") {
    ApiFixture api(Dialect::postgres);
    std::string name;
    for (int i = 0; i < 255; ++i) name += "\u00e9";
    CHECK(api.body_of(kCreate, schedule("\"name\": \"" + name + "\"")).starts_with("{\"pipeline_schedule\": {"));
    CHECK(first_line(api.exception_of(kCreate, schedule("\"name\": \"" + name + "e\""))) ==
          "(psycopg2.errors.StringDataRightTruncation) value too long for type character varying(255)");
    const std::string description(1000, 'd');
    CHECK(
        api.body_of(kCreate, schedule("\"name\": \"x\", \"description\": \"" + description + "\"")).find(description) !=
        std::string::npos);
}

TEST_CASE("one new tag twice breaks the table of tags, and the update with it") {
    const std::pair<Dialect, const char*> cases[] = {
        {Dialect::sqlite, "(sqlite3.IntegrityError) UNIQUE constraint failed: tag.name"},
        {Dialect::postgres,
         "(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"ix_tag_name\""}};
    for (const auto& [dialect, exception] : cases) {
        ApiFixture api(dialect);
        api.add_schedule({});
        CHECK(first_line(api.exception_of(kUpdate, schedule(R"("tags": ["n1", "n1"], "sla": 5)"))) == exception);
        CHECK(api.instance.store.schedule(ScheduleId{1})->tags.empty());
        CHECK_FALSE(api.instance.store.schedule(ScheduleId{1})->sla.has_value());
    }
}

TEST_CASE("an id that another schedule has is refused") {
    const std::pair<Dialect, const char*> cases[] = {
        {Dialect::sqlite, "(sqlite3.IntegrityError) UNIQUE constraint failed: pipeline_schedule.id"},
        {Dialect::postgres,
         "(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint "
         "\"pipeline_schedule_pkey\""}};
    for (const auto& [dialect, exception] : cases) {
        ApiFixture api(dialect);
        api.add_schedule({});
        api.add_schedule({.name = "second"});
        CHECK(first_line(api.exception_of(kCreate, schedule(R"("name": "x", "id": 2)"))) == exception);
        CHECK(first_line(api.exception_of(kUpdate, schedule(R"("id": 2)"))) == exception);
    }
    ApiFixture api(Dialect::postgres);
    api.add_run(api.add_schedule({}), "2024-01-01 00:00:00");
    CHECK(first_line(api.exception_of(kUpdate, schedule(R"("id": 2)"))) ==
          "(psycopg2.errors.ForeignKeyViolation) update or delete on table \"pipeline_schedule\" violates foreign key "
          "constraint "
          "\"pipeline_run_pipeline_schedule_id_fkey\" on table \"pipeline_run\"");
}

TEST_CASE("a schedule needs a pipeline to be created, and misses it when it is updated") {
    ApiFixture api;
    api.add_schedule({});
    CHECK(api.exception_of("POST /api/pipeline_schedules", schedule(R"("name": "x")")) ==
          "'NoneType' object has no attribute 'uuid'");
    CHECK(api.exception_of("POST /api/pipelines/nope/pipeline_schedules", schedule(R"("name": "x")")) ==
          "Pipeline nope does not exist.");
    CHECK(api.exception_of("POST /api/pipeline_schedules/1/pipeline_schedules", schedule(R"("name": "x")")) ==
          "'PipelineSchedule' object has no attribute 'uuid'");
    // The change is made nevertheless.
    CHECK(api.exception_of(kUpdate, schedule(R"("pipeline_uuid": "nope", "sla": 7)")) ==
          "Pipeline nope does not exist in repo_path /home/src/lab.");
    CHECK(api.instance.store.schedule(ScheduleId{1})->sla == 7);
}

TEST_CASE("an interval that never fires is taken, and has no next date", "[Q23][http-api 5.5]") {
    for (const std::string interval : {"", "0 0 31 2 *"}) {
        INFO(interval);
        ApiFixture api;
        api.add_schedule({.name = "first"});
        CHECK(api.body_of(kCreate, schedule("\"name\": \"x\", \"schedule_interval\": \"" + interval + "\""))
                  .starts_with("{\"pipeline_schedule\": {"));
        const std::string no_date = R"("next_pipeline_run_date": null)";
        CHECK(api.body_of("GET /api/pipeline_schedules/2").find(no_date) != std::string::npos);
        CHECK(api.body_of("PUT /api/pipeline_schedules/2", "{}").find(no_date) != std::string::npos);
        CHECK(api.ids_of("GET /api/pipeline_schedules") == "1 2");
        CHECK(api.body_of("DELETE /api/pipeline_schedules/2").starts_with("{\"pipeline_schedule\": {"));
    }
}

TEST_CASE("a missing schedule is not found, whatever is wanted of it") {
    for (const auto dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        const std::string missing =
            R"({"error": {"code": 404, "message": "Record not found.", "type": "record_not_found"}, "status": 200})";
        for (const char* call : {"GET /api/pipeline_schedules/999", "PUT /api/pipeline_schedules/999",
                                 "DELETE /api/pipeline_schedules/999"})
            CHECK(api.body_of(call) == missing);
        CHECK(api.send("GET /api/pipeline_schedules/999?_http_error_codes=1").status == 404);
    }
}
