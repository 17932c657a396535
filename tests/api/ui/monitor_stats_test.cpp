#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string stat(ApiFixture& api, const std::string& target) {
    const std::string body = api.body_of("GET /api/monitor_stats/" + target);
    const std::string key = "\"stats\": ";
    const std::size_t at = body.find(key);
    if (at == std::string::npos) return body;
    return body.substr(at + key.size(), body.rfind("}, \"metadata\": null}") - at - key.size());
}

// Runs 1 and 2 of schedule 1 (diamond), 3 of schedule 2 (chain), each made on its day.
void make_runs(ApiFixture& api) {
    api.add_schedule({});
    api.add_schedule({.name = "other", .pipeline = "chain"});
    const auto run = [&api](std::uint32_t schedule, RunStatus status, std::int64_t seconds) {
        const RunId id = api.add_run(ScheduleId{schedule}, "2026-01-01 00:00:00", status);
        api.instance.store.update(id, [&](Run& row) {
            row.created_at = api.instance.now;
            if (seconds > 0) row.completed_at = api.instance.now + Duration::seconds(seconds);
        });
        return id;
    };
    run(1, RunStatus::completed, 10);
    run(1, RunStatus::completed, 21);
    api.advance(Duration::days(1));
    run(2, RunStatus::failed, 4);
}

}  // namespace

TEST_CASE("runs are counted by schedule, day and status") {
    ApiFixture api(Dialect::sqlite);
    make_runs(api);
    const std::string hook = R"("1": {"name": "hook", "data": {"2026-01-01": {"completed": 2}}})";
    const std::string other = R"("2": {"name": "other", "data": {"2026-01-02": {"failed": 1}}})";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"", "{" + hook + ", " + other + "}"},
        {"?pipeline_uuid=diamond", "{" + hook + "}"},
        {"?pipeline_uuid=nope", "{}"},
        {"?pipeline_schedule_id=2", "{" + other + "}"},
        {"?start_time=2026-01-02T00:00:00.000Z", "{" + other + "}"},
        {"?end_time=2026-01-01+12:00", "{" + hook + "}"},
        {"?start_time=2024-01-01&end_time=2024-02-01", "{}"},
        {"?group_by_pipeline_type=1&pipeline_uuid=chain",
         R"({"2": {"name": "other", "data": {"2026-01-02": {"python": {"failed": 1}}}}})"},
    };
    for (const auto& [query, stats] : cases) {
        CAPTURE(query);
        CHECK(stat(api, "pipeline_run_count" + query) == stats);
    }
    api.advance(Duration::days(31));  // thirty days are shown unless said otherwise
    CHECK(stat(api, "pipeline_run_count") == "{}");
}

TEST_CASE("mean times of runs are told by day") {
    ApiFixture api(Dialect::sqlite);
    make_runs(api);
    CHECK(stat(api, "pipeline_run_time") ==
          R"({"null": {"name": null, "data": {"2026-01-01": 15.5, "2026-01-02": 4.0}}})");
    CHECK(stat(api, "pipeline_run_time?pipeline_uuid=chain") ==
          R"({"chain": {"name": "chain", "data": {"2026-01-02": 4.0}}})");
    CHECK(stat(api, "pipeline_run_time?end_time=2024-02-01") == R"({"null": {"name": null, "data": {}}})");
}

TEST_CASE("block runs are counted and timed by block") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({.pipeline = "chain"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    for (const std::uint32_t id : {1u, 2u}) {
        api.instance.store.update(BlockRunId{id}, [&](BlockRun& row) {
            row.status = BlockRunStatus::completed;
            row.dates.set_completed_at(row.dates.created_at() + Duration::seconds(2));
        });
    }
    const auto counts = [](const std::string& first, const std::string& second, const std::string& third) {
        const auto block = [](const std::string& name, const std::string& statuses) {
            return "\"" + name + R"(": {"data": {"2026-01-01": {)" + statuses + R"(}}, "name": ")" + name + "\"}";
        };
        return "{" + block("first", first) + ", " + block("second", second) + ", " + block("third", third) + "}";
    };
    const std::string mixed = R"("completed": 1, "initial": 1)";
    CHECK(stat(api, "block_run_count") == counts(mixed, mixed, R"("initial": 2)"));
    // The statement behind them multiplies a schedule's block runs by its runs, and shows of a pipeline the newest run
    // alone.
    CHECK(stat(api, "block_run_count?pipeline_schedule_id=1") ==
          counts(R"("completed": 2, "initial": 2)", R"("completed": 2, "initial": 2)", R"("initial": 4)"));
    CHECK(stat(api, "block_run_count?pipeline_uuid=chain") == counts(mixed, mixed, R"("initial": 1)"));
    CHECK(
        stat(api, "block_run_time") ==
        R"({"first": {"name": "first", "data": {"2026-01-01": 2.0}}, "second": {"name": "second", "data": {"2026-01-01": 2.0}}})");
}

TEST_CASE("what is no statistic is null, and odd parameters end in Python's errors") {
    ApiFixture api;
    CHECK(api.body_of("GET /api/monitor_stats/nope") ==
          R"({"monitor_stat": {"stats_type": "nope", "stats": null}, "metadata": null})");
    CHECK(api.body_of("PUT /api/monitor_stats/nope", "{}") ==
          R"({"monitor_stat": {"stats_type": "nope", "stats": null}, "metadata": null})");
    CHECK(api.exception_of("GET /api/monitor_stats/pipeline_run_count?start_time=garbage") ==
          "Unknown string format: garbage");
    CHECK(api.exception_of("GET /api/monitor_stats/block_run_count?pipeline_schedule_id=abc") ==
          "invalid literal for int() with base 10: 'abc'");
    CHECK(api.body_of("GET /api/monitor_stats").find("The list action is disabled for monitor_stats.") !=
          std::string::npos);
}
