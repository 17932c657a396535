#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kMatchers = "/api/event_matchers";

std::string matcher_text(int id, const std::string& name, const std::string& pattern, int microsecond) {
    return "{\"id\": " + std::to_string(id) + ", \"created_at\": \"2026-01-01 00:00:00.00000" +
           std::to_string(microsecond) + "+00:00\", \"updated_at\": \"2026-01-01 00:00:00.00000" +
           std::to_string(microsecond) + "+00:00\", \"event_type\": \"aws_event\", \"name\": " + name +
           ", \"pattern\": " + pattern + "}";
}

}  // namespace

TEST_CASE("event matchers are made, read, changed and removed", "[http-api 5.7]") {
    ApiFixture api;
    api.add_schedule({.type = ScheduleType::event});
    const std::string one = matcher_text(1, "\"upload\"", R"({"a": ["b"]})", 2);
    CHECK(api.body_of("GET " + kMatchers) == "{\"event_matchers\": []}");
    CHECK(api.body_of(
              "POST " + kMatchers,
              R"({"event_matcher": {"name": "upload", "pattern": {"a": ["b"]}, "pipeline_schedule_ids": [1]}})") ==
          "{\"event_matcher\": " + one + "}");
    CHECK(api.body_of("POST " + kMatchers, "{}") == "{\"event_matcher\": " + matcher_text(2, "null", "null", 3) + "}");
    CHECK(api.body_of("GET " + kMatchers) ==
          "{\"event_matchers\": [" + one + ", " + matcher_text(2, "null", "null", 3) + "]}");
    CHECK(api.body_of("GET " + kMatchers + "/1") == "{\"event_matcher\": " + one + "}");
    CHECK(api.instance.store.schedule(ScheduleId{1})->event_matchers == std::vector<EventMatcherId>{EventMatcherId{1}});
    const std::string with = api.body_of("GET " + kMatchers + "/1?include_pipeline_schedules=YES");
    CHECK(with.starts_with("{\"event_matcher\": " + one.substr(0, one.size() - 1) +
                           ", \"pipeline_schedules\": [{\"id\": 1, \"created_at\": "));
    CHECK(with.ends_with(
        R"("name": "hook", "description": null, "pipeline_uuid": "diamond", "schedule_type": "event", "start_time": null, )"
        R"("schedule_interval": null, "status": "active", "last_enabled_at": null, "variables": null, "sla": null, )"
        R"("token": "00000000000000000000000000000001", "repo_path": "/home/src/lab", "settings": null, )"
        R"("global_data_product_uuid": null}]}})"));

    CHECK(api.body_of("PUT " + kMatchers + "/1",
                      R"({"event_matcher": {"name": "renamed", "bogus": 1, "pipeline_schedule_ids": []}})")
              .find("\"name\": \"renamed\"") != std::string::npos);
    CHECK(api.instance.store.schedule(ScheduleId{1})->event_matchers.empty());
    CHECK(api.body_of("DELETE " + kMatchers + "/2") ==
          "{\"event_matcher\": " + matcher_text(2, "null", "null", 3) + "}");
    CHECK(api.instance.store.event_matchers().size() == 1);
}

TEST_CASE("several matchers in one body are answered as a list", "[http-api 5.7]") {
    ApiFixture api;
    CHECK(api.body_of("POST " + kMatchers, R"({"event_matchers": [{"name": "a"}, {"name": "b"}]})")
              .starts_with("{\"event_matchers\": [{\"id\": 1, "));
    CHECK(api.body_of("POST " + kMatchers, R"({"event_matchers": [{"id": 2, "name": "c"}]})")
              .starts_with("{\"event_matcher\": {\"id\": 2, "));
    CHECK(api.body_of("POST " + kMatchers, R"({"event_matchers": [], "event_matcher": {"name": "d"}})")
              .starts_with("{\"event_matcher\": {\"id\": 3, "));
    CHECK(*api.instance.store.event_matcher(EventMatcherId{2})->name == "c");
}

TEST_CASE("what event matchers cannot be asked for ends in Python's errors", "[http-api 5.7]") {
    ApiFixture api;
    struct Case {
        std::string call;
        std::string body;
        std::string exception;
    };
    const std::vector<Case> cases = {
        {"POST " + kMatchers, "", "Expecting value: line 1 column 1 (char 0)"},
        {"POST " + kMatchers, "[]", "'list' object has no attribute 'get'"},
        {"POST " + kMatchers, R"({"event_matcher": {"bogus": 1}})",
         "'bogus' is an invalid keyword argument for EventMatcher"},
        {"POST " + kMatchers, R"({"event_matchers": [{"id": 777}]})", "777"},
        {"POST " + kMatchers, R"({"event_matcher": {"pipeline_schedule_ids": [999]}})", "999"},
        {"GET " + kMatchers + "/99", "", "'NoneType' object has no attribute 'to_dict'"},
        {"PUT " + kMatchers + "/99", "", "'NoneType' object has no attribute 'update'"},
        {"DELETE " + kMatchers + "/99", "", "'NoneType' object has no attribute 'delete'"},
        {"GET " + kMatchers + "/abc", "", "invalid literal for int() with base 10: 'abc'"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.call, c.body);
        CHECK(api.exception_of(c.call, c.body) == c.exception);
    }
    CHECK(api.instance.store.event_matchers().size() == 1);  // the one whose schedule is missing was made first
    CHECK(api.body_of("GET " + kMatchers + "/99").ends_with("\"url_parameters\": {\"event_matcher_id\": \"99\"}}"));
    CHECK(api.body_of("POST " + kMatchers).ends_with("\"url_parameters\": {}}"));
}

TEST_CASE("an event starts the active schedules whose pattern it matches, and is echoed", "[http-api 5.7]") {
    ApiFixture api;
    api.add_schedule({.type = ScheduleType::event});
    api.add_schedule({.type = ScheduleType::event, .status = ScheduleStatus::inactive});
    api.send("POST " + kMatchers,
             R"({"event_matcher": {"pattern": {"source": ["s3"]}, "pipeline_schedule_ids": [1, 2]}})");
    CHECK(api.body_of("POST /api/events", R"({"source": "s3", "x": 1.50})") ==
          R"({"event": {"source": "s3", "x": 1.5}})");
    REQUIRE(api.instance.store.runs().size() == 1);
    const Run& run = *api.instance.store.run(RunId{1});
    CHECK(run.pipeline_schedule_id == ScheduleId{1});
    CHECK(run.variables.json().starts_with(R"({"event": {"source": "s3", "x": 1.5}, "execution_partition": "1/)"));
    CHECK_FALSE(run.event_variables.has_value());
    CHECK(api.instance.store.block_runs_count(run.id) == 4);
    CHECK(api.body_of("POST /api/events", R"({"source": "ec2"})") == R"({"event": {"source": "ec2"}})");
    CHECK(api.body_of("POST /api/events") == R"({"event": {}})");
    CHECK(api.body_of("POST /api/events", "[]") == R"({"event": []})");
    CHECK(api.instance.store.runs().size() == 1);
    CHECK(api.send("GET /api/events").status == 405);
}

TEST_CASE("an event matcher takes an empty list of schedules, and no other", "[http-api 5.7]") {
    ApiFixture api;
    const auto create = [](const std::string& schedules) {
        return R"({"event_matcher": {"name": "m", "pipeline_schedules": )" + schedules + "}}";
    };
    CHECK(api.body_of("POST /api/event_matchers", create("[]")).starts_with(R"({"event_matcher": {"id": 1, )"));
    CHECK(api.exception_of("POST /api/event_matchers", create("[{}]")) ==
          "'dict' object has no attribute '_sa_instance_state'");
    CHECK(api.exception_of("POST /api/event_matchers", create("null")) ==
          "Incompatible collection type: None is not list-like");
}
