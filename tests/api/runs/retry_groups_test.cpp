#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// Runs (id: date) 8:D5, 7:D4, 6 5 3:D3, 4 2:D2, 1:D1.
void add_retried_runs(ApiFixture& api, ScheduleId schedule) {
    for (const char* date : {"2024-01-01", "2024-01-02", "2024-01-03", "2024-01-02", "2024-01-03", "2024-01-03",
                             "2024-01-04", "2024-01-05"}) {
        api.add_run(schedule, date);
    }
}

std::string page_of(ApiFixture& api, const std::string& call) {
    const bool next = api.body_of(call).ends_with("\"metadata\": {\"count\": 8, \"next\": true}}");
    const bool last = api.body_of(call).ends_with("\"metadata\": {\"count\": 8, \"next\": false}}");
    return api.ids_of(call) + (next ? " T" : last ? " F" : " ?");
}

}  // namespace

TEST_CASE("retries of one date stay together on a page, in the server's own way", "[http-api 6.5]") {
    struct Vector {
        int limit;
        int offset;
        std::string page;
    };
    const std::vector<Vector> vectors = {
        {1, 0, "8 T"},       {3, 2, "6 5 3 4 T"},
        {1, 1, "7 6 5 T"},   {3, 3, "4 2 F"},
        {1, 2, "6 5 T"},     {3, 4, "4 2 1 F"},
        {1, 3, "6 5 T"},     {3, 5, "4 2 1 F"},
        {1, 4, "4 T"},       {3, 6, "1 F"},
        {1, 5, "4 T"},       {4, 0, "8 7 6 5 T"},
        {1, 6, "1 F"},       {4, 1, "7 6 5 3 4 T"},
        {1, 7, "1 F"},       {4, 2, "6 5 3 4 T"},
        {2, 0, "8 7 6 5 T"}, {4, 3, "4 2 1 F"},
        {2, 1, "7 6 5 T"},   {5, 0, "8 7 6 5 3 4 T"},
        {2, 2, "6 5 T"},     {5, 1, "7 6 5 3 4 T"},
        {2, 3, "4 2 F"},     {5, 2, "6 5 3 4 2 T"},
        {2, 4, "4 2 F"},     {5, 3, "4 2 1 F"},
        {2, 5, "4 2 T"},     {6, 0, "8 7 6 5 3 4 T"},
        {2, 6, "1 F"},       {6, 1, "7 6 5 3 4 2 T"},
        {2, 7, "1 F"},       {6, 2, "6 5 3 4 2 1 F"},
        {3, 0, "8 7 6 5 T"}, {7, 0, "8 7 6 5 3 4 2 T"},
        {3, 1, "7 6 5 T"},   {8, 0, "8 7 6 5 3 4 2 1 F"},
    };
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        add_retried_runs(api, api.add_schedule({}));
        for (const Vector& v : vectors) {
            CAPTURE(v.limit, v.offset);
            const std::string page = "_limit=" + std::to_string(v.limit) + "&_offset=" + std::to_string(v.offset);
            CHECK(page_of(api, "GET /api/pipeline_schedules/1/pipeline_runs?" + page) == v.page);
            // The same rows, found by looking at each and sorted anew.
            CHECK(page_of(api, "GET /api/pipeline_runs?pipeline_uuid=diamond&" + page) == v.page);
            CHECK(
                page_of(api, "GET /api/pipeline_schedules/1/pipeline_runs?order_by[]=execution_date%20desc,id%20desc&" +
                                 page) == v.page);
        }
    }
}

TEST_CASE("grouping follows the order that is asked for, and can be switched off", "[http-api 6.5]") {
    ApiFixture api;
    add_retried_runs(api, api.add_schedule({}));
    const std::string runs = "GET /api/pipeline_schedules/1/pipeline_runs?";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"order_by[]=id&_limit=2", "1 2 3 5 T"},
        {"order_by[]=id%20desc&_limit=4", "8 7 6 5 4 T"},
        {"disable_retries_grouping=true&_limit=2&_offset=2", "6 5 T"},
        {"disable_retries_grouping=0&_limit=2&_offset=2", "6 5 T"},
        {"disable_retries_grouping=1&_limit=2&_offset=1", "7 6 T"},
        {"disable_retries_grouping=false&_limit=2&_offset=1", "7 6 5 T"},
        {"disable_retries_grouping=&_limit=2&_offset=1", "7 6 5 T"},
    };
    for (const auto& [query, page] : cases) {
        CAPTURE(query);
        CHECK(page_of(api, runs + query) == page);
    }
    CHECK(page_of(api, "GET /api/pipeline_runs?_limit=2&_offset=1") == "7 6 T");
}

TEST_CASE("a page of a group without rows is an error", "[http-api 6.5][Q8]") {
    ApiFixture api;
    const ScheduleId schedule = api.add_schedule({});
    const std::string runs = "GET /api/pipeline_schedules/1/pipeline_runs?";
    CHECK(api.ids_of(runs + "_offset=100") == "");  // nothing to group
    add_retried_runs(api, schedule);
    CHECK(api.exception_of(runs + "_offset=100") == "list index out of range");
    CHECK(api.exception_of(runs + "_limit=-1") == "list index out of range");
    CHECK(page_of(api, runs + "_offset=100&disable_retries_grouping=true") == " F");
    CHECK(page_of(api, runs + "_limit=0") == " T");
    CHECK(page_of(api, runs + "_limit=0&_offset=8") == " F");
}

TEST_CASE("runs of several schedules that share a date are merged on a page of their pipeline", "[http-api 6.5]") {
    ApiFixture api;
    const ScheduleId first = api.add_schedule({.name = "first"});
    const ScheduleId second = api.add_schedule({.name = "second"});
    for (const char* date : {"2024-01-01", "2024-01-02"}) {
        api.add_run(first, date);
        api.add_run(second, date);
    }
    // 4 3:D2, 2 1:D1
    CHECK(api.ids_of("GET /api/pipeline_runs?pipeline_uuid=diamond&_limit=2") == "4 3 2");
    CHECK(api.ids_of("GET /api/pipeline_schedules/1/pipeline_runs?_limit=1") == "3");
}

TEST_CASE("runs without a date make a group of their own", "[http-api 6.5]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        ApiFixture api(dialect);
        const ScheduleId schedule = api.add_schedule({});
        api.add_run(schedule, "");
        api.add_run(schedule, "2024-01-01");
        api.add_run(schedule, "");
        const bool sqlite = dialect == Dialect::sqlite;
        CHECK(api.ids_of("GET /api/pipeline_schedules/1/pipeline_runs") == (sqlite ? "2 3 1" : "3 1 2"));
        CHECK(api.ids_of("GET /api/pipeline_schedules/1/pipeline_runs?_limit=1") == (sqlite ? "2 3" : "3"));
    }
}
