#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kCreate = "POST /api/pipeline_schedules/1/pipeline_runs";
const ApiFixture::Headers kForm = {{"Content-Type", "application/x-www-form-urlencoded"}};
const ApiFixture::Headers kMultipart = {{"Content-Type", "multipart/form-data; boundary=XX"}};

std::string part(const std::string& name, const std::string& content) {
    return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

// The variables of the run that a CREATE with that body makes, or the error.
std::string variables_of(ApiFixture& api, const std::string& body, const ApiFixture::Headers& headers) {
    const std::string answer = api.body_of(kCreate, body, headers);
    const std::string key = "\"variables\": ";
    const std::size_t at = answer.find(key);
    if (at == std::string::npos) return api.exception_of(kCreate, body, headers);
    return answer.substr(at + key.size(), answer.find(", \"execution_partition\"") - at - key.size());
}

}  // namespace

TEST_CASE("a body is a form, multipart or JSON, as its content type says", "[http-api 2.4][Q20]") {
    ApiFixture api;
    api.add_schedule({});
    const std::string json = R"({"pipeline_run": {"variables": {"a": 1}}})";
    CHECK(variables_of(api, json, {}) == "{\"a\": 1");
    CHECK(variables_of(api, json, {{"Content-Type", "application/json"}}) == "{\"a\": 1");
    CHECK(variables_of(api, json, {{"Content-Type", "text/plain"}}) == "{\"a\": 1");
    // A form with one nameless field: no `pipeline_run` in it.
    CHECK(api.body_of(kCreate, json, kForm).find("{\"execution_partition\"") != std::string::npos);
    // No field at all: JSON after all.
    CHECK(api.exception_of(kCreate, "&", kForm) == "Expecting value: line 1 column 1 (char 0)");
    CHECK(api.exception_of(kCreate, "pipeline_run=x", kForm) == "'list' object has no attribute 'get'");
    CHECK(variables_of(api, part("json_root_body", json) + "--XX--\r\n", kMultipart) == "{\"a\": 1");
    CHECK(api.exception_of(kCreate, part("other", json) + "--XX--\r\n", kMultipart) ==
          "'Content-Disposition: form-data; name=\"json_root_body\"' is not in list");
    CHECK(api.exception_of(kCreate, part("json_root_body", "{") + "--XX--\r\n", kMultipart) ==
          "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)");
    CHECK(api.exception_of(kCreate, "no parts", kMultipart) == "Expecting value: line 1 column 1 (char 0)");
}

TEST_CASE("a body that is no object of objects ends in Python's errors", "[http-api 2.4]") {
    ApiFixture api;
    api.add_schedule({});
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"x", "Expecting value: line 1 column 1 (char 0)"},
        {"{}x", "Extra data: line 1 column 3 (char 2)"},
        {"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"[1]", "'list' object has no attribute 'get'"},
        {"\"x\"", "'str' object has no attribute 'get'"},
        {"5", "'int' object has no attribute 'get'"},
        {"1.5", "'float' object has no attribute 'get'"},
        {"true", "'bool' object has no attribute 'get'"},
        {R"({"pipeline_run": null})", "'NoneType' object has no attribute 'get'"},
        {R"({"pipeline_run": "x"})", "'str' object has no attribute 'get'"},
        {R"({"pipeline_run": [1]})", "'list' object has no attribute 'get'"},
        {R"({"pipeline_run": {"execution_date": "garbage"}})", "Unknown string format: garbage"},
        {R"({"pipeline_run": {"execution_date": ""}})", "String does not contain a date: "},
        {R"({"pipeline_run": {"execution_date": 5}})", "fromisoformat: argument must be str"},
    };
    for (const auto& [body, exception] : cases) {
        CAPTURE(body);
        CHECK(api.exception_of(kCreate, body) == exception);
    }
    CHECK(api.instance.store.runs().size() == 0);
    for (const char* const body : {"", "null", "[]", "0", "\"\"", "false", "{}", R"({"pipeline_schedule": {}})"}) {
        CAPTURE(body);
        CHECK(api.body_of(kCreate, body).starts_with("{\"pipeline_run\": {\"backfill_id\": null"));
    }
}

TEST_CASE("bad JSON is an error whatever the method, before the record is looked up", "[http-api 1.6]") {
    ApiFixture api;
    const std::string exception = "Expecting value: line 1 column 1 (char 0)";
    for (const char* const call : {"GET /api/pipeline_runs", "GET /api/pipeline_runs/9", "PUT /api/pipeline_runs/9",
                                   "DELETE /api/pipeline_runs/9"}) {
        CAPTURE(call);
        CHECK(api.exception_of(call, "x") == exception);
    }
    // The payload's own shape is looked at behind the record.
    CHECK(api.body_of("PUT /api/pipeline_runs/9", "[1]").find("Record not found.") != std::string::npos);
    api.add_run(api.add_schedule({}), "2024-01-01");
    CHECK(api.exception_of("PUT /api/pipeline_runs/1", "[1]") == "'list' object has no attribute 'get'");
    CHECK(api.body_of("DELETE /api/pipeline_runs/1", "[1]").starts_with("{\"pipeline_run\": {"));
}

TEST_CASE("dates are read leniently, and their zone is dropped by sqlite and honoured by postgres",
          "[http-api 2.4][http-api 14.1]") {
    struct Case {
        std::string text;
        std::string sqlite;
        std::string postgres;
    };
    const std::vector<Case> cases = {
        {"2024-01-02", "2024-01-02 00:00:00", "2024-01-02 00:00:00+00:00"},
        {"2024-05-06 07:08:09.5+02:00", "2024-05-06 07:08:09.500000", "2024-05-06 05:08:09.500000+00:00"},
        {"2024-05-06T07:08:09Z", "2024-05-06 07:08:09", "2024-05-06 07:08:09+00:00"},
        {"07:30", "2026-01-01 07:30:00", "2026-01-01 07:30:00+00:00"},
    };
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        api.add_schedule({});
        for (const Case& c : cases) {
            CAPTURE(c.text);
            const std::string answer =
                api.body_of(kCreate, "{\"pipeline_run\": {\"execution_date\": \"" + c.text + "\"}}");
            const std::string& date = dialect == Dialect::sqlite ? c.sqlite : c.postgres;
            CHECK(answer.find("\"execution_date\": \"" + date + "\"") != std::string::npos);
        }
    }
}
