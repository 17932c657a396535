#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("an id that a client gives leaves ids for the rows that follow it") {
    for (const Dialect dialect : {Dialect::postgres, Dialect::sqlite}) {
        ApiFixture api(dialect);
        api.add_schedule({.name = "chained", .pipeline = "chain"});
        const std::string runs = "POST /api/pipeline_schedules/1/pipeline_runs";
        CHECK(api.exception_of("POST /api/block_runs", R"({"block_run": {"id": -1, "block_uuid": "x"}})") ==
              "block_run.id: -1 is not an id that runsim can keep (1 to 2147483647)");
        CHECK(api.exception_of(runs, R"({"pipeline_run": {"id": -5}})") ==
              "pipeline_run.id: -5 is not an id that runsim can keep (1 to 2147483647)");
        CHECK(api.exception_of("PUT /api/pipeline_schedules/1", R"({"pipeline_schedule": {"id": -1}})") ==
              "pipeline_schedule.id: -1 is not an id that runsim can keep (1 to 2147483647)");
        CHECK(api.exception_of("POST /api/pipelines/chain/pipeline_schedules",
                               R"({"pipeline_schedule": {"name": "n", "id": -1}})") ==
              "pipeline_schedule.id: -1 is not an id that runsim can keep (1 to 2147483647)");

        CHECK(api.body_of(runs, R"({"pipeline_run": {"id": 2147483647}})").find(R"("id": 2147483647)") !=
              std::string::npos);
        const std::string next = api.body_of(runs, "{}");
        CHECK(next.find(dialect == Dialect::sqlite ? R"("id": 2147483648,)" : R"("id": 1,)") != std::string::npos);
    }
    ApiFixture api(Dialect::sqlite);
    CHECK(api.exception_of("POST /api/block_runs", R"({"block_run": {"id": 4294967295, "block_uuid": "x"}})") ==
          "block_run.id: 4294967295 is not an id that runsim can keep (1 to 2147483647)");
}
