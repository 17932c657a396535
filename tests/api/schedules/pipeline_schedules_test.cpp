#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// A `pipeline_schedule` payload for a POST or PUT.
std::string schedule(std::string_view members) { return "{\"pipeline_schedule\": {" + std::string(members) + "}}"; }

// The value of one attribute in an answer, up to the next one.
std::string attribute(const std::string& body, const std::string& name) {
    const std::string key = "\"" + name + "\": ";
    const std::size_t at = body.find(key);
    if (at == std::string::npos) return "none in " + body;
    const std::size_t from = at + key.size();
    const std::size_t end = body.find(", \"", from);
    return body.substr(from, (end == std::string::npos ? body.find('}', from) : end) - from);
}

constexpr const char* kCreate = "POST /api/pipelines/diamond/pipeline_schedules";

}  // namespace

TEST_CASE("a schedule is created with the defaults of its columns", "[http-api 7.2]") {
    struct Case {
        Dialect dialect;
        const char* body;
    };
    const Case cases[] = {
        {Dialect::postgres,
         R"({"pipeline_schedule": {"created_at": "2026-01-01 00:00:00.000001+00:00", "description": null, "global_data_product_uuid": null, "id": 1, "last_enabled_at": null, "name": "plain", "pipeline_uuid": "diamond", "repo_path": "/home/src/lab", "schedule_interval": null, "schedule_type": null, "settings": null, "sla": null, "start_time": null, "status": "inactive", "token": "TOKEN", "updated_at": "2026-01-01 00:00:00.000001+00:00", "variables": null}, "metadata": null})"},
        {Dialect::sqlite,
         R"({"pipeline_schedule": {"created_at": "2026-01-01 00:00:00", "description": null, "global_data_product_uuid": null, "id": 1, "last_enabled_at": null, "name": "plain", "pipeline_uuid": "diamond", "repo_path": "/home/src/lab", "schedule_interval": null, "schedule_type": null, "settings": null, "sla": null, "start_time": null, "status": "inactive", "token": "TOKEN", "updated_at": "2026-01-01 00:00:00", "variables": null}, "metadata": null})"},
    };
    for (const Case& c : cases) {
        ApiFixture api(c.dialect);
        const std::string body = api.body_of(kCreate, schedule(R"("name": "plain")"));
        const std::string token = *api.instance.store.schedule(ScheduleId{1})->token;
        CHECK(token.size() == 32);
        CHECK(token.find_first_not_of("0123456789abcdef") == std::string::npos);
        CHECK(replaced(body, token, "TOKEN") == c.body);
    }
}

TEST_CASE("a schedule takes what its payload names, and shows it in each format", "[http-api 5.4]") {
    ApiFixture api(Dialect::postgres);
    const std::string payload = schedule(
        R"("name": "nightly", "schedule_type": "time", "schedule_interval": "@daily", "start_time": "2024-01-01 10:00", "sla": 3600,
           "settings": {"timeout": 60, "skip_if_previous_running": true}, "variables": {"a": 1}, "description": "every night",
           "token": "t", "repo_path": null, "status": "active", "global_data_product_uuid": "g", "pipeline_uuid": "chain")");
    const std::string columns =
        R"({"created_at": "2026-01-01 00:00:00.000001+00:00", "description": "every night", "global_data_product_uuid": "g", "id": 1, "last_enabled_at": "2026-01-01 00:00:00.000001+00:00", "name": "nightly", "pipeline_uuid": "diamond", "repo_path": null, "schedule_interval": "@daily", "schedule_type": "time", "settings": {"timeout": 60, "skip_if_previous_running": true}, "sla": 3600, "start_time": "2024-01-01 10:00:00+00:00", "status": "active", "token": "t", "updated_at": "2026-01-01 00:00:00.000001+00:00", "variables": {"a": 1})";
    const std::string next = R"("next_pipeline_run_date": "2026-01-02 00:00:00+00:00")";
    const auto one = [](const std::string& object) {
        return "{\"pipeline_schedule\": " + object + "}, \"metadata\": null}";
    };
    CHECK(api.body_of(kCreate, payload) == one(columns));
    CHECK(api.body_of("GET /api/pipeline_schedules/1") ==
          one(columns + ", \"event_matchers\": [], " + next + ", \"tags\": []"));
    CHECK(api.body_of("GET /api/pipelines/chain/pipeline_schedules/1") ==
          one(columns + ", \"event_matchers\": [], " + next + ", \"tags\": []"));
    CHECK(api.body_of("GET /api/pipeline_schedules/1?_format=with_runtime_average") ==
          one(columns + ", " + next + R"(, "pipeline_runs_count": 0, "runtime_average": null, "tags": [])"));
    CHECK(
        api.body_of("GET /api/pipeline_schedules/1?_format=list") ==
        one(columns +
            R"(, "event_matchers": null, "last_pipeline_run_status": null, "next_pipeline_run_date": null, "pipeline_in_progress_runs_count": null, "pipeline_runs_count": null, "tags": null)"));
    CHECK(api.body_of("GET /api/pipeline_schedules/1?_format=nonsense") == one(columns));
    CHECK(
        api.body_of("GET /api/pipeline_schedules/1?_format=integration_source/detail") ==
        one(R"({"id": 1, "name": "nightly", "schedule_interval": "@daily", "schedule_type": "time", "settings": {"timeout": 60, "skip_if_previous_running": true}, "variables": {"a": 1})"));
    CHECK(api.body_of("PUT /api/pipeline_schedules/1?_format=with_runtime_average", "{}") ==
          one(columns + ", " + next + R"(, "pipeline_runs_count": null, "runtime_average": null, "tags": [])"));
}

TEST_CASE("a start time is stored as each database stores dates", "[http-api 2.4][http-api 14.1]") {
    struct Case {
        Dialect dialect;
        const char *given, *stored;
    };
    const Case cases[] = {
        {Dialect::sqlite, "\"2024-05-06 07:08:09.5+02:00\"", "\"2024-05-06 07:08:09.500000\""},
        {Dialect::postgres, "\"2024-05-06 07:08:09.5+02:00\"", "\"2024-05-06 05:08:09.500000+00:00\""},
        {Dialect::sqlite, "\"2024-01-01T10:00\"", "\"2024-01-01 10:00:00\""},
        {Dialect::postgres, "\"2024-01-01T10:00\"", "\"2024-01-01 10:00:00+00:00\""},
        {Dialect::sqlite, "null", "null"},
        {Dialect::postgres, "null", "null"},
    };
    for (const Case& c : cases) {
        INFO(c.given);
        ApiFixture api(c.dialect);
        const std::string members = std::string(R"("name": "x", "start_time": )") + c.given;
        CHECK(attribute(api.body_of(kCreate, schedule(members)), "start_time") == c.stored);
        api.body_of(kCreate, schedule(R"("name": "y", "start_time": "2000-01-01")"));
        CHECK(attribute(api.body_of("PUT /api/pipeline_schedules/2", schedule(members)), "start_time") == c.stored);
    }
}

TEST_CASE("only the exact text active counts as switching on", "[http-api 7.2][http-api 7.3][Q34]") {
    ApiFixture api(Dialect::postgres);
    const auto enabled = [](const std::string& body) { return attribute(body, "last_enabled_at"); };
    const auto put = [&api](const std::string& members) {
        return api.body_of("PUT /api/pipeline_schedules/1", schedule(members));
    };
    const std::string upper = api.body_of(kCreate, schedule(R"("name": "x", "status": "ACTIVE")"));
    CHECK(attribute(upper, "status") == "\"active\"");
    CHECK(enabled(upper) == "null");
    CHECK(enabled(put(R"("status": "active")")) == "null");  // it is active already

    CHECK(attribute(put(R"("status": "inactive")"), "status") == "\"inactive\"");
    const std::string on = put(R"("status": "active")");
    CHECK(attribute(on, "status") == "\"active\"");
    CHECK(enabled(on) == "\"2026-01-01 00:00:00.000003+00:00\"");
    CHECK(attribute(on, "updated_at") == "\"2026-01-01 00:00:00.000004+00:00\"");
    CHECK(enabled(put(R"("status": "active")")) == "\"2026-01-01 00:00:00.000003+00:00\"");
    CHECK(enabled(put(R"("status": "inactive")")) == "\"2026-01-01 00:00:00.000003+00:00\"");
    CHECK(enabled(put(R"("status": "ACTIVE")")) == "\"2026-01-01 00:00:00.000003+00:00\"");

    const std::string given =
        api.body_of(kCreate, schedule(R"("name": "y", "status": "active", "last_enabled_at": "2025-02-03 04:05:06")"));
    CHECK(enabled(given) == "\"2025-02-03 04:05:06+00:00\"");
}

TEST_CASE("an update that changes nothing leaves the row alone") {
    ApiFixture api(Dialect::postgres);
    const std::string created = api.body_of(kCreate, schedule(R"("name": "x", "sla": 5)"));
    const std::string updated_at = attribute(created, "updated_at");
    for (const char* body :
         {"", "{}", R"({"pipeline_schedule": {}})", R"({"pipeline_schedule": {"name": "x", "sla": 5}})",
          R"({"pipeline_schedule": {"bogus": 1}})", R"({"pipeline_schedules": [{"id": 1, "name": "y"}]})",
          R"({"pipeline_schedule": {"tags": null, "event_matchers": null}})"}) {
        INFO(body);
        const Instant now = api.instance.now;
        const std::string answer = api.body_of("PUT /api/pipeline_schedules/1", body);
        CHECK(attribute(answer, "name") == "\"x\"");
        CHECK(attribute(answer, "updated_at") == updated_at);
        CHECK(api.instance.now == now);
    }
    CHECK(attribute(api.body_of("PUT /api/pipeline_schedules/1", schedule(R"("sla": 6)")), "updated_at") != updated_at);
}

TEST_CASE("a token is kept, given or rotated") {
    ApiFixture api;
    const auto token_of = [&api](const char* call, const char* members) {
        return attribute(api.body_of(call, schedule(members)), "token");
    };
    CHECK(token_of(kCreate, R"("name": "x", "token": null)") == "null");
    const std::string first = token_of("PUT /api/pipeline_schedules/1", R"("rotate_token": true)");
    CHECK(first.size() == 34);
    CHECK(token_of("PUT /api/pipeline_schedules/1", R"("rotate_token": false)") == first);
    CHECK(token_of("PUT /api/pipeline_schedules/1", R"("token": "mine")") == "\"mine\"");
    const std::string second = token_of("PUT /api/pipeline_schedules/1", R"("token": "mine", "rotate_token": 1)");
    CHECK(second.size() == 34);
    CHECK(second != first);
}

TEST_CASE("tags are replaced as a set and shown sorted, but in the list in the order in which they came") {
    ApiFixture api;
    api.add_schedule({.name = "one"});
    api.add_schedule({.name = "two"});
    const auto tags = [](const std::string& body) {
        const std::size_t at = body.find("\"tags\": ");
        return body.substr(at + 8, body.find(']', at) - at - 7);
    };
    const auto put = [&](int id, const char* list) {
        return tags(api.body_of("PUT /api/pipeline_schedules/" + std::to_string(id),
                                schedule(std::string("\"tags\": ") + list)));
    };
    const auto listed = [&] { return tags(api.body_of("GET /api/pipeline_schedules?order_by=name&_limit=1")); };
    CHECK(put(1, R"(["b", "a"])") == R"(["a", "b"])");
    CHECK(listed() == R"(["b", "a"])");
    CHECK(put(2, R"(["z", "y"])") == R"(["y", "z"])");
    CHECK(put(1, R"(["z", "new", "a", "y"])") == R"(["a", "new", "y", "z"])");
    CHECK(listed() == R"(["a", "y", "z", "new"])");
    CHECK(put(1, R"(["a", "a"])") == R"(["a"])");
    CHECK(put(1, "[]") == "[]");
    CHECK(tags(api.body_of("GET /api/pipeline_schedules/2")) == R"(["y", "z"])");
}

TEST_CASE("tags do not change the row's date of update") {
    ApiFixture api;
    const ScheduleId id = api.add_schedule({});
    const Instant before = api.instance.store.schedule(id)->updated_at;
    api.body_of("PUT /api/pipeline_schedules/1", schedule(R"("tags": ["a"])"));
    CHECK(api.instance.store.schedule(id)->tags == std::vector<std::string>{"a"});
    CHECK(api.instance.store.schedule(id)->updated_at == before);
}

TEST_CASE("event matchers are made, changed, linked to this schedule only, and unlinked") {
    ApiFixture api;
    api.add_schedule({.name = "one"});
    api.add_schedule({.name = "two"});
    const auto put = [&](int id, const char* list) {
        const std::string body = api.body_of("PUT /api/pipeline_schedules/" + std::to_string(id),
                                             schedule(std::string("\"event_matchers\": ") + list));
        const std::size_t at = body.find("\"event_matchers\": ");
        return at == std::string::npos ? body
                                       : body.substr(at + 18, body.find(", \"next_pipeline_run_date\"", at) - at - 18);
    };
    CHECK(
        put(1, R"([{"name": "m", "pattern": {"a": ["b"]}}, {}])") ==
        R"([{"id": 1, "created_at": "2026-01-01 00:00:00.000003+00:00", "updated_at": "2026-01-01 00:00:00.000003+00:00", "event_type": "aws_event", "name": "m", "pattern": {"a": ["b"]}}, )"
        R"({"id": 2, "created_at": "2026-01-01 00:00:00.000004+00:00", "updated_at": "2026-01-01 00:00:00.000004+00:00", "event_type": "aws_event", "name": null, "pattern": null}])");
    CHECK(
        put(1, R"([{"id": 1, "name": "renamed", "unknown": 1}])") ==
        R"([{"id": 1, "created_at": "2026-01-01 00:00:00.000003+00:00", "updated_at": "2026-01-01 00:00:00.000005+00:00", "event_type": "aws_event", "name": "renamed", "pattern": {"a": ["b"]}}])");
    CHECK(put(2, R"([{"id": 1}])").starts_with(R"([{"id": 1, )"));
    CHECK(api.instance.store.schedule(ScheduleId{1})->event_matchers.empty());
    CHECK(put(2, "[]") == "[]");
    CHECK(api.instance.store.event_matchers().size() == 2);

    // One that another schedule has as well cannot be taken from this one.
    for (const std::uint32_t id : {1u, 2u})
        api.instance.store.update(ScheduleId{id}, [](Schedule& row) { row.event_matchers = {EventMatcherId{2}}; });
    CHECK(api.exception_of("PUT /api/pipeline_schedules/1", schedule(R"("event_matchers": [])"))
              .starts_with("Object <mage_ai.orchestration.db.models.schedules.PipelineSchedule object at 0x"));
}

TEST_CASE("runs outlive their schedule, and are let go of by an empty list", "[http-api 7.3][http-api 7.4]") {
    for (const bool deleted : {true, false}) {
        ApiFixture api(Dialect::postgres);
        const ScheduleId id = api.add_schedule({});
        const RunId run = api.add_run(id, "2024-01-01 00:00:00", RunStatus::completed);
        const Instant before = api.instance.store.run(run)->updated_at;
        const std::string body = deleted
                                     ? api.body_of("DELETE /api/pipeline_schedules/1")
                                     : api.body_of("PUT /api/pipeline_schedules/1", schedule(R"("pipeline_runs": [])"));
        CHECK(attribute(body, "id") == "1");
        CHECK(api.instance.store.run(run)->pipeline_schedule_id == ScheduleId{});
        CHECK(api.instance.store.run(run)->updated_at > before);
        CHECK(api.ids_of("GET /api/pipeline_runs") == "");
        CHECK(attribute(api.body_of("GET /api/pipeline_runs/1"), "pipeline_schedule_id") == "null");
        CHECK(api.ids_of("GET /api/pipeline_schedules") == (deleted ? "" : "1"));
    }
}

TEST_CASE("a deleted schedule is shown as it was, in the standard format") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({.name = "gone"});
    CHECK(
        api.body_of("DELETE /api/pipeline_schedules/1") ==
        R"({"pipeline_schedule": {"created_at": "2026-01-01 00:00:00", "description": null, "global_data_product_uuid": null, "id": 1, "last_enabled_at": null, "name": "gone", "pipeline_uuid": "diamond", "repo_path": "/home/src/lab", "schedule_interval": null, "schedule_type": "api", "settings": null, "sla": null, "start_time": null, "status": "active", "token": "00000000000000000000000000000001", "updated_at": "2026-01-01 00:00:00", "variables": null}, "metadata": null})");
    CHECK(api.body_of("GET /api/pipeline_schedules/1") ==
          R"({"error": {"code": 404, "message": "Record not found.", "type": "record_not_found"}, "status": 200})");
}

TEST_CASE("an id that a client names is taken, for a new schedule and for an old one") {
    ApiFixture api(Dialect::sqlite);
    CHECK(attribute(api.body_of(kCreate, schedule(R"("name": "x", "id": 7)")), "id") == "7");
    CHECK(attribute(api.body_of("PUT /api/pipeline_schedules/7", schedule(R"("id": 9, "sla": 1)")), "id") == "9");
    CHECK(api.ids_of("GET /api/pipeline_schedules") == "9");
    CHECK(api.instance.store.schedule(ScheduleId{9})->sla == 1);
}

TEST_CASE("dates of the row can be set on postgres") {
    ApiFixture api(Dialect::postgres);
    const std::string made = api.body_of(
        kCreate, schedule(R"("name": "x", "created_at": "2020-01-01", "updated_at": "2020-01-02 00:00:00+01:00")"));
    CHECK(attribute(made, "created_at") == "\"2020-01-01 00:00:00+00:00\"");
    CHECK(attribute(made, "updated_at") == "\"2020-01-01 23:00:00+00:00\"");
    const std::string changed = api.body_of("PUT /api/pipeline_schedules/1",
                                            schedule(R"("created_at": "2019-01-01", "updated_at": "2019-01-02")"));
    CHECK(attribute(changed, "created_at") == "\"2019-01-01 00:00:00+00:00\"");
    CHECK(attribute(changed, "updated_at") == "\"2019-01-02 00:00:00+00:00\"");
}
