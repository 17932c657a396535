#include "lifecycle/requests/backfills.hpp"
#include "json/write.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/step_run.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::shared_ptr<const Project> chain() {
    return ProjectBuilder().pipeline("chain").block("first").block("second", {"first"}).build();
}

Backfill days(Stage& stage, int count) {
    Backfill row;
    row.name = "catch up";
    row.pipeline_uuid = *stage.instance.store.symbols.find("chain");
    row.start_datetime = at(2024, 1, 1);
    row.end_datetime = at(2024, 1, count);
    row.interval_type = IntervalType::day;
    row.interval_units = 1;
    row.variables = json::Text(R"({"v": 1})");
    return row;
}

Stage stage_of(Dialect dialect) {
    Options options = Stage::default_options();
    options.dialect = dialect;
    return Stage(chain(), options);
}

std::string statuses(const Stage& stage, ScheduleId schedule) {
    std::string text;
    for (const RunId id : stage.runs_of(schedule))
        text += (text.empty() ? "" : " ") + std::string(name_of(stage.run(id).status));
    return text;
}

}  // namespace

TEST_CASE("dates of a backfill", "[lifecycle 8.1]") {
    struct Case {
        IntervalType type;
        std::int64_t units;
        Instant start;
        Instant end;
        std::vector<Instant> dates;
    };
    const Case cases[] = {
        {IntervalType::day, 1, at(2024, 1, 1), at(2024, 1, 3), {at(2024, 1, 1), at(2024, 1, 2), at(2024, 1, 3)}},
        {IntervalType::day, 2, at(2024, 1, 1), at(2024, 1, 4), {at(2024, 1, 1), at(2024, 1, 3)}},
        {IntervalType::week, 1, at(2024, 1, 1), at(2024, 1, 15), {at(2024, 1, 1), at(2024, 1, 8), at(2024, 1, 15)}},
        {IntervalType::custom,
         90,
         at(2024, 1, 1),
         at(2024, 1, 1, 0, 3),
         {at(2024, 1, 1), at(2024, 1, 1, 0, 1, 30), at(2024, 1, 1, 0, 3)}},
        // Calendar addition to the date before: the day drifts.
        {IntervalType::month,
         1,
         at(2024, 1, 31),
         at(2024, 4, 30),
         {at(2024, 1, 31), at(2024, 2, 29), at(2024, 3, 29), at(2024, 4, 29)}},
        {IntervalType::year, 1, at(2024, 2, 29), at(2026, 3, 1), {at(2024, 2, 29), at(2025, 2, 28), at(2026, 2, 28)}},
        {IntervalType::hour, 5, at(2024, 1, 1), at(2023, 1, 1), {}},
    };
    for (const Case& each : cases) {
        Backfill row;
        row.start_datetime = each.start;
        row.end_datetime = each.end;
        row.interval_type = each.type;
        row.interval_units = each.units;
        const auto dates = backfill_dates(row);
        REQUIRE(dates.ok());
        CHECK(*dates == each.dates);
        row.block_uuid = "first";
        CHECK(backfill_dates(row)->empty());
    }
    Backfill endless;
    CHECK(backfill_dates(endless).error().message ==
          "'<=' not supported between instances of 'NoneType' and 'NoneType'");
    endless.start_datetime = endless.end_datetime = at(2024, 1, 1);
    endless.interval_type = IntervalType::second;
    CHECK(backfill_dates(endless).error().message == "interval_units: 0 is not 1 or more");
    endless.interval_units = 1;
    endless.end_datetime = at(2124, 1, 1);
    CHECK(backfill_dates(endless).error().message == "a backfill has at most 100000 dates");
}

TEST_CASE("variables of each date", "[lifecycle 8.2]") {
    const std::vector<Instant> dates = {at(2024, 1, 1), at(2024, 1, 2), at(2024, 1, 4)};
    CHECK(
        json::to_text(backfill_variables(dates, 1, Dialect::postgres)) ==
        R"({"ds": "2024-01-02", "execution_date": "2024-01-02T00:00:00+00:00", "hr": "00", )"
        R"("interval_end_datetime": "2024-01-04T00:00:00+00:00", "interval_seconds": 172800.0, )"
        R"("interval_start_datetime": "2024-01-02T00:00:00+00:00", "interval_start_datetime_previous": "2023-12-31T00:00:00+00:00"})");
    const json::Object last = backfill_variables(dates, 2, Dialect::sqlite);
    CHECK(*last.find("interval_end_datetime")->string() == "2024-01-06T00:00:00");
    CHECK(*last.find("interval_start_datetime_previous")->string() == "2024-01-02T00:00:00");
    const json::Object single = backfill_variables({at(2024, 1, 1, 13)}, 0, Dialect::sqlite);
    CHECK(single.find("interval_end_datetime")->is_null());
    CHECK(single.find("interval_seconds")->is_null());
    CHECK(*single.find("hr")->string() == "13");
    const json::Object end = backfill_variables({at(9999, 12, 30), at(9999, 12, 31)}, 1, Dialect::sqlite);
    CHECK(end.find("interval_end_datetime")->is_null());
    CHECK(*end.find("interval_seconds")->real() == 86400);
}

TEST_CASE("a backfill runs its dates, oldest first, and is completed with the last of them") {
    Stage stage = stage_of(Dialect::postgres);
    const BackfillId id = stage.instance.store.insert(days(stage, 3));
    REQUIRE(start_backfill(stage.instance, id).ok());
    const auto backfill = [&]() -> const Backfill& { return *stage.instance.store.backfill(id); };
    const ScheduleId schedule = backfill().pipeline_schedule_id;
    CHECK(backfill().status == BackfillStatus::initial);
    CHECK(backfill().started_at);
    CHECK(stage.schedule(schedule).name == "Backfill catch up");
    CHECK(stage.schedule(schedule).schedule_interval == "@once");
    CHECK_FALSE(stage.schedule(schedule).schedule_type);
    CHECK_FALSE(stage.schedule(schedule).repo_path);
    CHECK_FALSE(stage.schedule(schedule).last_enabled_at);
    CHECK(stage.schedule(schedule).status == ScheduleStatus::active);
    CHECK(stage.runs_of(schedule).size() == 3);
    CHECK(stage.run(RunId{3}).variables.json().starts_with(R"({"v": 1, "ds": "2024-01-03", "execution_date": )"));
    CHECK(stage.blocks(RunId{3}) == "first initial, second initial");
    stage.run_until(kStart);
    CHECK(backfill().status == BackfillStatus::running);
    stage.advance(Duration::seconds(29));
    CHECK(backfill().status == BackfillStatus::completed);
    CHECK(backfill().completed_at);
    CHECK(stage.schedule(schedule).status == ScheduleStatus::inactive);
    CHECK(statuses(stage, schedule) == "completed completed completed");
    CHECK(stage.history(Subject::backfill, id.value) == "initial running completed");
}

TEST_CASE("on sqlite a retried backfill is completed too early, on postgres it is not", "[lifecycle 8.5]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        Stage stage = stage_of(dialect);
        Backfill row = days(stage, 3);
        row.settings = json::Text(R"({"pipeline_run_limit": 1})");
        const BackfillId id = stage.instance.store.insert(std::move(row));
        REQUIRE(start_backfill(stage.instance, id).ok());
        const ScheduleId schedule = stage.instance.store.backfill(id)->pipeline_schedule_id;
        stage.advance(Duration::minutes(3));
        REQUIRE(stage.instance.store.backfill(id)->status == BackfillStatus::completed);
        REQUIRE(start_backfill(stage.instance, id).ok());
        stage.advance(Duration::minutes(5));
        CHECK(stage.instance.store.backfill(id)->status == BackfillStatus::completed);
        CHECK(statuses(stage, schedule) == (dialect == Dialect::sqlite
                                                ? "completed completed completed completed initial initial"
                                                : "completed completed completed completed completed completed"));
    }
}

TEST_CASE("the backfill fails with a run, and a later run of the same date completes it", "[row 6][row 7]") {
    const auto project = ProjectBuilder().pipeline("chain").block("first").fails().build();
    Stage stage(project);
    const BackfillId id = stage.instance.store.insert(days(stage, 1));
    REQUIRE(start_backfill(stage.instance, id).ok());
    const ScheduleId schedule = stage.instance.store.backfill(id)->pipeline_schedule_id;
    stage.advance(Duration::seconds(15));
    CHECK(stage.run(RunId{1}).status == RunStatus::failed);
    CHECK(stage.instance.store.backfill(id)->status == BackfillStatus::failed);
    CHECK(stage.schedule(schedule).status == ScheduleStatus::active);
    const RunId second = stage.add_run(schedule, at(2024, 1, 1), RunStatus::running);
    for (const BlockRun& row : stage.instance.store.block_runs_of(second))
        set_status(stage.instance, row.id, BlockRunStatus::completed, {});
    step_run(stage.instance, second);
    CHECK(stage.run(second).status == RunStatus::completed);
    CHECK(stage.instance.store.backfill(id)->status == BackfillStatus::completed);
}

TEST_CASE("a cancelled backfill leaves block runs and jobs alone", "[lifecycle 8.4]") {
    Stage stage = stage_of(Dialect::postgres);
    const BackfillId id = stage.instance.store.insert(days(stage, 2));
    REQUIRE(start_backfill(stage.instance, id).ok());
    const ScheduleId schedule = stage.instance.store.backfill(id)->pipeline_schedule_id;
    stage.run_until(kStart + Duration::milliseconds(700));
    REQUIRE(cancel_backfill(stage.instance, id).ok());
    CHECK(statuses(stage, schedule) == "cancelled cancelled");
    CHECK(stage.blocks(RunId{1}) == "first running, second initial");
    CHECK(stage.schedule(schedule).status == ScheduleStatus::inactive);
    stage.advance(Duration::minutes(1));
    CHECK(stage.blocks(RunId{1}) == "first completed, second initial");
    CHECK(stage.instance.store.backfill(id)->status == BackfillStatus::cancelled);

    const BackfillId never = stage.instance.store.insert(days(stage, 1));
    CHECK(cancel_backfill(stage.instance, never).error().message == "'NoneType' object has no attribute 'update'");
    CHECK(stage.instance.store.backfill(never)->status == BackfillStatus::cancelled);
}

TEST_CASE("a backfill without dates starts all the same") {
    Stage stage = stage_of(Dialect::postgres);
    Backfill row = days(stage, 1);
    row.end_datetime = at(2023, 1, 1);
    const BackfillId id = stage.instance.store.insert(std::move(row));
    REQUIRE(start_backfill(stage.instance, id).ok());
    CHECK(stage.instance.store.backfill(id)->status == BackfillStatus::initial);
    CHECK(stage.instance.store.backfill(id)->started_at);
    CHECK(stage.instance.store.schedules().empty());
    CHECK(stage.instance.store.runs().empty());
}
