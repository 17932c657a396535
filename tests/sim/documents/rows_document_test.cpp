#include "json/parse.hpp"
#include "json/write.hpp"
#include "sim/documents/scenario.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

using namespace runsim;

namespace {

std::string with_rows(std::string_view rows, std::string_view members = "") {
    return std::string(R"({"rows": {)") + std::string(rows) + "}" + std::string(members) + "}";
}

Result<LoadedProject> read(const std::string& runsim, std::string options = "{}") {
    DocumentParts parts;
    parts.runsim = runsim;
    parts.options = std::move(options);
    return read_project_document(document(parts));
}

std::string error_of(const std::string& runsim) {
    const auto loaded = read(runsim);
    return loaded ? "(none)" : loaded.error().message;
}

// The row with these columns ("\"id\": 5", ...) instead of its own.
std::string with(std::string_view row, std::string_view columns) {
    auto value = json::parse(row);
    const auto changes = json::parse("{" + std::string(columns) + "}");
    REQUIRE(value);
    REQUIRE(changes);
    for (const json::Member& column : *changes->object()) value->object()->set(column.key, column.value);
    return json::to_text(*value);
}

std::string schedule(std::string_view columns = "") {
    return with(R"({"id": 7, "created_at": "2026-01-01 10:00:00", "pipeline_uuid": "slow", "name": "hook", )"
                R"("status": "active"})",
                columns);
}
std::string run(std::string_view columns = R"("pipeline_schedule_id": 7)") {
    return with(R"({"id": 9, "created_at": "2026-01-01 11:00:00", "pipeline_uuid": "slow", "status": "completed"})",
                columns);
}
std::string block_run(std::string_view columns = "") {
    return with(R"({"id": 3, "created_at": "2026-01-01 11:00:00", "pipeline_run_id": 9, "block_uuid": "begin", )"
                R"("status": "completed"})",
                columns);
}
std::string tables(const std::string& schedules, const std::string& runs = "", const std::string& block_runs = "") {
    return R"("schedules": [)" + schedules + R"(], "runs": [)" + runs + R"(], "block_runs": [)" + block_runs + "]";
}

}  // namespace

TEST_CASE("a mistake in the rows of runsim.json is told with its field and its value") {
    const struct {
        std::string rows;
        std::string_view line;
    } mistakes[] = {
        {R"("run": [])", R"(runsim.json: rows.run: no such key; did you mean "runs"?)"},
        {R"("runs": {})", "runsim.json: rows.runs: {} is not a list"},
        {R"("runs": [5])", "runsim.json: rows.runs[0]: 5 is not a row (an object of keys and values)"},
        {tables(schedule(R"("tagz": [])")),
         R"(runsim.json: rows.schedules[0].tagz: no such key; did you mean "tags"?)"},
        {tables(schedule(R"("id": 0)")),
         "runsim.json: rows.schedules[0].id: 0 is not a whole number from 1 to 2147483647"},
        {tables(schedule() + "," + schedule()), "runsim.json: rows.schedules[1].id: 7 is taken by an earlier row"},
        {tables(schedule(R"("created_at": null)")), "runsim.json: rows.schedules[0].created_at: is missing"},
        {tables(schedule(R"("pipeline_uuid": null)")), "runsim.json: rows.schedules[0].pipeline_uuid: is missing"},
        {tables(schedule(R"("event_matchers": [4])")),
         "runsim.json: rows.schedules[0].event_matchers[0]: 4 is not the id of a row in event_matchers"},
        {tables(schedule(), run(R"("pipeline_schedule_id": 8)")),
         "runsim.json: rows.runs[0].pipeline_schedule_id: there is no row 8 in schedules"},
        {tables(schedule(), run(R"("backfill_id": 2)")),
         "runsim.json: rows.runs[0].backfill_id: there is no row 2 in backfills"},
        {tables(schedule(), run(R"("status": "paused")")),
         R"(runsim.json: rows.runs[0].status: "paused" is not one of initial, running, completed, failed, cancelled)"},
        {tables(schedule(), run(R"("completed_at": "late")")),
         R"(runsim.json: rows.runs[0].completed_at: "late" is not a moment (such as "2026-01-01 00:00:00", or )"
         R"(microseconds since 1970))"},
        {tables(schedule(), run(), block_run(R"("pipeline_run_id": 10)")),
         "runsim.json: rows.block_runs[0].pipeline_run_id: there is no row 10 in runs"},
        {tables(schedule(), run(), block_run(R"("status": null)")),
         "runsim.json: rows.block_runs[0].status: is missing"},
        {tables(schedule(), run(), block_run() + "," + block_run()),
         "runsim.json: rows.block_runs[1].id: 3 is taken by an earlier row"},
        {R"("backfills": [{"id": 1, "created_at": "2026-01-01", "pipeline_schedule_id": 7}])",
         "runsim.json: rows.backfills[0].pipeline_schedule_id: there is no row 7 in schedules"},
    };
    for (const auto& mistake : mistakes) {
        INFO(mistake.rows);
        CHECK(error_of(with_rows(mistake.rows)) == mistake.line);
    }
    CHECK(error_of(with_rows(tables(schedule()), R"(, "schedules": [{"id": 7, "pipeline": "slow", "name": "b"}])")) ==
          R"(runsim.json: rows.schedules[0].id: 7 is taken by an entry of "schedules")");
}

TEST_CASE("rows are read with every column, in any order, as of any time zone") {
    const auto loaded = read(with_rows(
        R"("event_matchers": [{"id": 2, "created_at": "2026-01-01", "event_type": "aws_event", "name": "m", "pattern": {"a": [1]}}],)"
        R"("backfills": [{"id": 4, "created_at": "2026-01-01", "name": "b", "pipeline_schedule_id": 7, "interval_type": "day", )"
        R"("interval_units": 1, "status": "failed", "start_datetime": "2026-01-01"}],)" +
        tables(schedule(R"("tags": ["x"], "event_matchers": [2], "variables": {"a": 1.0})") + "," +
                   schedule(R"("id": 5, "token": "any", "repo_path": "/elsewhere")") + "," +
                   schedule(R"("id": 6, "repo_path": null)"),
               run(R"("pipeline_schedule_id": 7, "backfill_id": 4, "updated_at": "2026-01-01 14:00:00.25+02:00", )"
                   R"("execution_date": "1969-12-31 00:00:00", "passed_sla": true, "event_variables": [1])") +
                   "," + run(R"("id": 1)"),
               block_run(R"("metrics": {"m": null}, "started_at": "2026-01-01T11:00:01+00:00")"))));
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    const Rows& rows = loaded->scenario.rows;
    REQUIRE(rows.schedules.size() == 3);
    CHECK(rows.schedules[0].id == ScheduleId{5});
    CHECK(rows.schedules[1].repo_path == std::nullopt);
    CHECK(rows.schedules[0].repo_path == "/elsewhere");
    CHECK(rows.schedules[0].token == "any");
    CHECK(rows.schedules[2].repo_path == "/home/src/lab");
    CHECK(rows.schedules[2].token == std::nullopt);
    CHECK(rows.schedules[2].variables.json() == R"({"a": 1.0})");
    CHECK(rows.schedules[2].event_matchers == std::vector<EventMatcherId>{EventMatcherId{2}});
    REQUIRE(rows.runs.size() == 2);
    CHECK(rows.runs[0].pipeline_schedule_id == ScheduleId{});
    CHECK(rows.runs[0].updated_at == rows.runs[0].created_at);
    CHECK(rows.runs[1].backfill_id == BackfillId{4});
    CHECK(rows.runs[1].passed_sla);
    CHECK(rows.runs[1].event_variables.json() == "[1]");
    CHECK(rows.runs[1].execution_date == MaybeInstant(Instant{-86'400'000'000}));
    CHECK((rows.runs[1].updated_at - rows.runs[1].created_at).us == 3'600'250'000);
    REQUIRE(rows.block_runs.size() == 1);
    CHECK(rows.block_runs[0].metrics.json() == R"({"m": null})");
    CHECK(rows.backfills.at(0).status == BackfillStatus::failed);
    CHECK(rows.event_matchers.at(0).pattern.json() == R"({"a": [1]})");
    // The newest date is where the world begins.
    CHECK(loaded->scenario.options.start == rows.runs[1].updated_at);
    CHECK(loaded->scenario.begin == rows.runs[1].updated_at);
}

TEST_CASE("a world of rows begins where runsim.json or the caller says, but not before the newest of their dates") {
    const std::string rows = tables(schedule(), run());
    const Instant newest{1'767'225'600'000'000 + Duration::hours(11).us};
    const auto later = read(with_rows(rows, R"(, "start": "2026-01-02 00:00:00")"));
    REQUIRE(later);
    CHECK(later->scenario.options.start == newest + Duration::hours(13));
    const auto given = read(with_rows(rows), R"({"start": "2026-01-01 11:00:00"})");
    REQUIRE(given);
    CHECK(given->scenario.options.start == newest);
    CHECK(error_of(with_rows(rows, R"(, "start": "2026-01-01 10:59:59")")) ==
          "runsim.json: rows: the newest date is 2026-01-01 11:00:00, after the moment at which the world begins, "
          "2026-01-01 10:59:59");
    CHECK(error_of(with_rows(rows, R"(, "history": {"from": "-1h"})")) ==
          "runsim.json: rows: the newest date is 2026-01-01 11:00:00, after the moment at which the world begins, "
          "2026-01-01 10:00:00");
}

TEST_CASE("a trigger of triggers.yaml that is among the rows makes no second schedule") {
    const std::string entry =
        R"({"name": "hook", "schedule_type": "api", "schedule_interval": null, "start_time": null, "status": "inactive"})";
    const std::string other =
        R"({"name": "other", "schedule_type": "api", "schedule_interval": null, "start_time": null})";
    DocumentParts parts;
    parts.pipelines = "[" +
                      pipeline("slow", R"("uuid": "slow", "type": "python", "blocks": [])",
                               R"({"triggers": [)" + entry + "," + other + "]}") +
                      "]";
    parts.runsim = with_rows(tables(schedule()));
    const auto loaded = read_project_document(document(parts));
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    CHECK(loaded->scenario.triggers.size() == 2);
    REQUIRE(loaded->scenario.schedules.size() == 1);
    CHECK(loaded->scenario.schedules[0].name == "other");
}

TEST_CASE("rows of a pipeline that the project does not have are noted") {
    const auto loaded = read(with_rows(tables(schedule(), run(R"("pipeline_uuid": "gone")"))));
    REQUIRE(loaded);
    CHECK(loaded->notes ==
          std::vector<std::string>{R"(runsim.json: rows: there is no pipeline "gone"; its runs stay as they are)"});
}
