#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string k404 = "<html><title>404: Not Found</title><body>404: Not Found</body></html>";
const std::string k405 = "<html><title>405: Method Not Allowed</title><body>405: Method Not Allowed</body></html>";

std::string shown(const api::Response& response) {
    static constexpr const char* kTypes[] = {"none", "json", "html", "csv", "svg"};
    return std::to_string(response.status) + " " + kTypes[static_cast<int>(response.content_type)] +
           (response.cors ? " cors " : " ") + response.body;
}

}  // namespace

TEST_CASE("methods and unknown paths are answered as the server does", "[http-api 1.2][http-api 1.3]") {
    ApiFixture api;
    const std::string page = api.body_of("GET /");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"OPTIONS /api/pipeline_runs", "204 none cors "},
        {"OPTIONS /api/pipeline_runs/1", "204 none cors "},
        {"OPTIONS /api/pipeline_schedules/1/api_trigger", "204 none cors "},
        {"OPTIONS /api/pipeline_runs?a=..%2Fb",
         "400 json cors Error: Invalid parameter value for 'a' (path traversal detected)"},
        {"HEAD /api/pipeline_runs", "405 json cors "},
        {"PATCH /api/pipeline_runs/1", "405 json cors "},
        {"FOO /api/pipeline_runs/1", "405 json cors "},
        {"PUT /api/pipeline_runs", "405 json cors "},
        {"DELETE /api/pipeline_runs", "405 json cors "},
        {"POST /api/pipeline_runs/1", "405 json cors "},
        {"GET /api/pipeline_schedules/1/pipeline_runs/5", "405 json cors "},
        {"GET /api/pipeline_schedules/1/api_trigger", "405 json cors "},
        {"POST /api/pipeline_schedules/1/api_trigger/", "405 json cors "},
        {"GET /api/pipeline_runs/%FF", "400 json cors "},
        {"GET /nope", "404 html " + k404},
        {"GET /api", "404 html " + k404},
        {"GET /api/pipeline_runs/", "404 html " + k404},
        {"GET /pipelines/nope/more/%FF", "200 html " + page},
        {"GET /pipelinesx", "404 html " + k404},
        {"OPTIONS /pipelines", "405 html " + k405},
        {"POST /", "405 html " + k405},
    };
    for (const auto& [call, answer] : cases) {
        CAPTURE(call);
        CHECK(shown(api.send(call)) == answer);
    }
}

TEST_CASE("the pages of the web UI are one page that says what this is", "[real-clients C2]") {
    ApiFixture api;
    const std::string page = api.body_of("GET /");
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.find("simulates the pipeline-run API of Mage") != std::string::npos);
    CHECK(page.find("href=\"/api/pipelines\"") != std::string::npos);
    for (const std::string path : {"/", "/?x=1", "/pipelines", "/pipelines/diamond/edit", "/sign-in", "/pipeline-runs",
                                   "/settings/workspace/users", "/global-hooks/x"}) {
        CAPTURE(path);
        CHECK(shown(api.send("GET " + path)) == "200 html " + page);
    }
    CHECK(shown(api.send("GET /favicon.ico")).starts_with("200 svg <svg "));
}

TEST_CASE("a path or a value that climbs out of its folder is a 400", "[http-api 2.5]") {
    ApiFixture api;
    const std::string path = "400 json cors Error: Invalid path (path traversal detected)";
    const auto value = [](const std::string& name) {
        return "400 json cors Error: Invalid parameter value for '" + name + "' (path traversal detected)";
    };
    const std::string empty = "200 json cors {\"pipeline_runs\": [], \"metadata\": {\"count\": 0, \"next\": false}}";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"GET /api/pipeline_runs/a%2F..%2Fb", path},
        {"GET /api/pipeline_runs/..%5Cb", path},
        {"GET /api/pipeline_runs/a%0Ab", path},
        {"GET /api/pipeline_runs?a=../b", value("a")},
        {"GET /api/pipeline_runs?a=..%2Fb", value("a")},
        {"GET /api/pipeline_runs?a=..%252Fb", value("a")},
        {"GET /api/pipeline_runs?a=..%255Cb", value("a")},
        {"GET /api/pipeline_runs?a=x%0Ay", value("a")},
        {"GET /api/pipeline_runs?%C3%A9=../", value("\xc3\x83\xc2\xa9")},
        {"GET /api/pipeline_runs?a=x%0A", empty},
        {"GET /api/pipeline_runs?a=..", empty},
        {"GET /api/pipeline_runs?a=1&a=../b", empty},
        {"GET /api/pipeline_runs?../=1", empty},
    };
    for (const auto& [call, answer] : cases) {
        CAPTURE(call);
        CHECK(shown(api.send(call)) == answer);
    }
    CHECK(api.exception_of("GET /api/pipeline_runs?a=%FF") ==
          "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK(shown(api.send("POST /api/pipeline_runs", "a=../b",
                         {{"Content-Type", "application/x-www-form-urlencoded"}})) == value("a"));
    // The hand-written handlers do not check.
    CHECK(api.exception_of("POST /api/pipeline_schedules/9/api_trigger?a=../b") ==
          "{'code': 404, 'message': 'Record not found.', 'type': 'record_not_found'}");
}

TEST_CASE("resource names are read loosely, and the key of a list echoes the URL", "[http-api 1.4][Q31]") {
    ApiFixture api;
    for (const char* const name :
         {"pipeline_runs", "PIPELINE_RUNS", "Pipeline_Runs", "pipeline__runs", "pipeline_run"}) {
        CAPTURE(name);
        CHECK(api.body_of(std::string("GET /api/") + name) ==
              std::string("{\"") + name + "\": [], \"metadata\": {\"count\": 0, \"next\": false}}");
    }
    const std::vector<std::pair<std::string, std::string>> unknown = {
        {"GET /api/foo_bars", "No module named 'mage_ai.api.policies.FooBarPolicy'"},
        {"POST /api/foo_bars", "No module named 'mage_ai.api.policies.FooBarPolicy'"},
        {"GET /api/foo_bars/1", "No module named 'mage_ai.api.resources.FooBarResource'"},
        {"PUT /api/foo_bars/1", "No module named 'mage_ai.api.resources.FooBarResource'"},
        {"GET /api/foo_bars/1/pipeline_runs", "No module named 'mage_ai.api.resources.FooBarResource'"},
        {"GET /api/pipelines/diamond/foo_bars", "No module named 'mage_ai.api.resources.FooBarResource'"},
        {"GET /api/pipelines/nope/foo_bars", "Pipeline nope does not exist."},
        {"GET /api/seeds", "runsim does not simulate SeedResource."},
        {"PUT /api/custom_templates/x", "runsim does not simulate the update action of custom_templates."},
    };
    for (const auto& [call, exception] : unknown) {
        CAPTURE(call);
        CHECK(api.exception_of(call) == exception);
    }
}

TEST_CASE("an internal error shows the stack, the exception and the parts of the path", "[http-api 3.4]") {
    ApiFixture api;
    const api::Response response = api.send("POST /api/pipeline_runs?_http_error_codes=1");
    CHECK(response.status == 200);
    CHECK(
        response.body.starts_with("{\"error\": {\"code\": 500, \"errors\": [\"  File \\\"/usr/local/bin/mage\\\", line "
                                  "8, in <module>\\n    ...\\n\", "));
    CHECK(
        response.body.ends_with("\\nAttributeError: 'NoneType' object has no attribute 'pipeline_uuid'\\n\"}, "
                                "\"url_parameters\": {\"resource\": \"pipeline_runs\"}}"));
    CHECK(response.body.find("], \"exception\": \"'NoneType' object has no attribute 'pipeline_uuid'\", "
                             "\"message\": \"Traceback (most recent call last):\\n") != std::string::npos);
    const std::string trigger = api.body_of("POST /api/pipeline_schedules/7/pipeline_runs/abc");
    CHECK(trigger.ends_with(
        "\\nmage_ai.api.errors.ApiError: {'code': 404, 'message': 'Record not found.', 'type': "
        "'record_not_found'}\\n\"}, \"url_parameters\": {\"pipeline_schedule_id\": \"7\", \"token\": \"abc\"}}"));
}

TEST_CASE("an API error has HTTP status 200 unless _http_error_codes is there", "[http-api 3.3][Q4]") {
    ApiFixture api;
    const std::string off =
        R"({"error": {"code": 404, "message": "Record not found.", "type": "record_not_found"}, "status": 200})";
    const std::string on =
        R"({"error": {"code": 404, "message": "Record not found.", "type": "record_not_found"}, "status": 404})";
    struct Case {
        std::string query;
        int status;
    };
    const std::vector<Case> cases = {{"", 200},
                                     {"?_http_error_codes=", 200},
                                     {"?_http_error_codes=true", 404},
                                     {"?_http_error_codes=false", 404},
                                     {"?_http_error_codes=0", 404},
                                     {"?_http_error_codes=&_http_error_codes=", 404}};
    for (const Case& c : cases) {
        CAPTURE(c.query);
        const api::Response response = api.send("GET /api/pipeline_runs/9" + c.query);
        CHECK(response.status == c.status);
        CHECK(response.body == (c.status == 200 ? off : on));
    }
}

TEST_CASE("odd parameters end in Python's errors", "[http-api 2.1]") {
    ApiFixture api;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"?=x", "string index out of range"},
        {"?_limit=1&_limit=2", "int() argument must be a string, a bytes-like object or a real number, not 'list'"},
        {"?_limit=abc", "invalid literal for int() with base 10: 'abc'"},
        {"?_limit=", "invalid literal for int() with base 10: ''"},
        {"?_limit=2.5", "invalid literal for int() with base 10: '2.5'"},
        {"?_offset=x", "invalid literal for int() with base 10: 'x'"},
        {"?_format=list&_format=detail", "unhashable type: 'list'"},
        {"?status[]=true", "'bool' object has no attribute 'split'"},
        {"?order_by[]=true", "'bool' object has no attribute 'split'"},
        {"?backfill_id=", "invalid literal for int() with base 10: ''"},
        {"?backfill_id=abc", "invalid literal for int() with base 10: 'abc'"},
    };
    for (const auto& [query, exception] : cases) {
        CAPTURE(query);
        CHECK(api.exception_of("GET /api/pipeline_runs" + query) == exception);
    }
    for (const char* const query : {"?_limit=+5", "?_limit=1_0", "?_limit=%205%20", "?&&", "?a", "?status[]=false"}) {
        CAPTURE(query);
        CHECK(api.body_of(std::string("GET /api/pipeline_runs") + query) ==
              "{\"pipeline_runs\": [], \"metadata\": {\"count\": 0, \"next\": false}}");
    }
}

TEST_CASE("an answer is wrapped in its key and metadata, whatever the page", "[http-api 2.2][http-api 3.2]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    const auto ends = [&api](const std::string& call, const std::string& begin, const std::string& end) {
        const api::Response response = api.send(call);
        CAPTURE(call, response.body);
        CHECK(response.status == 200);
        CHECK(response.body.starts_with(begin));
        CHECK(response.body.ends_with(end));
    };
    ends("GET /api/pipeline_runs", R"({"pipeline_runs": [{)", R"(], "metadata": {"count": 1, "next": false}})");
    ends("GET /api/pipeline_runs?_limit=%201&_offset=0", R"({"pipeline_runs": [{)",
         R"(], "metadata": {"count": 1, "next": false}})");
    ends("GET /api/pipeline_runs?_limit=+5", R"({"pipeline_runs": [{)",
         R"(], "metadata": {"count": 1, "next": false}})");
    ends("GET /api/pipeline_runs?_offset=1_0", R"({"pipeline_runs": [)",
         R"(], "metadata": {"count": 1, "next": false}})");
    ends("GET /api/pipeline_runs?_limit=", R"({"error": {"code": 500, )", "}");
    ends("GET /api/pipeline_runs/1", R"({"pipeline_run": {)", R"(}, "metadata": null})");
    ends("GET /api/pipeline_runs/1?_limit=abc", R"({"pipeline_run": {)", R"(}, "metadata": null})");
    ends("GET /api/pipelines?_limit=1", R"({"pipelines": [{)",
         R"(], "metadata": {"count": 2, "results": 1, "next": true}})");
    ends("GET /api/statuses", R"({"statuses": [{)", R"(}], "metadata": {}})");
    ends("DELETE /api/pipeline_runs/1", R"({"pipeline_run": {)", R"(}, "metadata": null})");
}

TEST_CASE("with authentication off nobody is asked for anything", "[http-api 4.1]") {
    ApiFixture api;
    api.add_run(api.add_schedule({}), "2026-01-01 00:00:00");
    for (const char* query : {"", "?api_key=", "?api_key=nonsense"})
        CHECK(api.body_of(std::string("GET /api/pipeline_runs/1") + query).starts_with(R"({"pipeline_run": {)"));
    // But what nobody may do stays forbidden.
    CHECK(
        api.body_of("GET /api/statuses/1") ==
        R"({"error": {"code": 403, "message": "The detail action is disabled for statuses.", "type": "unauthorized_access"}, "status": 200})");
}
