#include "lifecycle/rows/write_row.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::shared_ptr<const Project> one_block(ConcurrencyConfig limits) {
    return ProjectBuilder().pipeline("limited").block("only").lasts(Duration::hours(10)).limits(limits).build();
}

std::string statuses(const Stage& stage, ScheduleId schedule) {
    std::string text;
    for (const RunId id : stage.runs_of(schedule))
        text += (text.empty() ? "" : " ") + std::string(name_of(stage.run(id).status));
    return text;
}

Options starting(Instant start) {
    Options options;
    options.start = start;
    return options;
}

// A trigger as the tests of the real server make it: enabled at that instant.
ScheduleId enabled(Stage& stage, std::string interval, Instant last_enabled_at, std::string_view settings = "{}") {
    const ScheduleId id = stage.add_schedule("limited", ScheduleType::time, std::move(interval));
    write(stage.instance, id, [&](Schedule& row) {
        row.last_enabled_at = last_enabled_at;
        row.settings = json::Text(std::string(settings));
    });
    return id;
}

}  // namespace

TEST_CASE("the limit over all triggers starts older execution dates first", "[row 26]") {
    Stage stage(one_block({{}, {}, 2, RunLimitPolicy::wait}), starting(at(2023, 5, 1, 1, 20, 33)));
    const Instant future = at(2023, 6, 1);
    constexpr std::string_view kInitial = R"({"create_initial_pipeline_run": true})";
    const ScheduleId hourly = enabled(stage, "@hourly", future, kInitial);
    const ScheduleId daily = enabled(stage, "@daily", future, kInitial);
    const ScheduleId weekly = enabled(stage, "@weekly", future, kInitial);
    stage.step();
    CHECK(statuses(stage, hourly) == "initial");
    CHECK(statuses(stage, daily) == "running");
    CHECK(statuses(stage, weekly) == "running");
}

TEST_CASE("equal execution dates start in the order of the triggers", "[row 27]") {
    // 1 May 2023 is a Monday: the three intervals have the same present execution date.
    Stage stage(one_block({{}, {}, 2, RunLimitPolicy::wait}), starting(at(2023, 5, 1, 0, 20, 33)));
    const Instant past = at(2023, 4, 1);
    const ScheduleId hourly = enabled(stage, "@hourly", past);
    const ScheduleId daily = enabled(stage, "@daily", past);
    const ScheduleId weekly = enabled(stage, "@weekly", past);
    const ScheduleId later = enabled(stage, "@daily", at(2023, 6, 1));
    stage.step();
    CHECK(statuses(stage, hourly) == "running");
    CHECK(statuses(stage, daily) == "running");
    CHECK(statuses(stage, weekly) == "initial");
    CHECK(statuses(stage, later).empty());
}

TEST_CASE("limits of a trigger and of all triggers together", "[row 28][row 29][row 30][row 31]") {
    struct Case {
        const char* row;
        ConcurrencyConfig limits;
        int running;           // runs of the daily trigger that go on already
        const char* interval;  // of the second trigger
        const char* daily;
        const char* second;
        const char* hourly;
    };
    using enum RunLimitPolicy;
    const Case cases[] = {
        {"28", {{}, 1, 2, wait}, 1, "@weekly", "running initial", "running", "initial"},
        {"29", {{}, 1, 2, skip}, 1, "@daily", "running initial", "running", "cancelled"},
        {"30", {{}, {}, 1, wait}, 2, "@weekly", "running running initial", "initial", "initial"},
        {"31", {{}, 2, 100, skip}, 1, "@weekly", "running running", "running", "running"},
    };
    for (const Case& each : cases) {
        INFO("row " << each.row);
        Stage stage(one_block(each.limits), starting(at(2023, 5, 3, 1, 20, 33)));
        const Instant past = at(2023, 4, 1);
        const ScheduleId daily = enabled(stage, "@daily", past);
        const ScheduleId second = enabled(stage, each.interval, past);
        const ScheduleId hourly = enabled(stage, "@hourly", past);
        for (int i = 0; i < each.running; ++i) stage.add_run(daily, at(2023, 5, 1 + i), RunStatus::running);
        stage.step();
        CHECK(statuses(stage, daily) == each.daily);
        CHECK(statuses(stage, second) == each.second);
        CHECK(statuses(stage, hourly) == each.hourly);
    }
}

TEST_CASE("`skip` cancels what is beyond the limit, but not what comes while the trigger is full", "[lifecycle 3.5]") {
    Stage stage(one_block({{}, 2, {}, RunLimitPolicy::skip}));
    const ScheduleId hook = stage.add_schedule("limited", ScheduleType::api);
    for (int day = 4; day >= 1; --day) stage.add_run(hook, at(2025, 1, day));
    stage.run_until(kStart);
    CHECK(statuses(stage, hook) == "cancelled cancelled running running");
    CHECK(stage.blocks(RunId{1}) == "only initial");
    CHECK(stage.instance.transitions[stage.instance.transitions.end() - 1].cause != Cause::user);
    const RunId fifth = stage.trigger(hook);
    stage.advance(Duration::minutes(5));
    CHECK(stage.run(fifth).status == RunStatus::initial);
}

TEST_CASE("a limit of 0 starts nothing, and a trigger's own limit goes before its pipeline's") {
    Stage stage(one_block({{}, 0, {}, RunLimitPolicy::wait}));
    const ScheduleId hook = stage.add_schedule("limited", ScheduleType::api);
    const ScheduleId own = stage.add_schedule("limited", ScheduleType::api);
    stage.set_settings(own, R"({"pipeline_run_limit": "1"})");
    for (const ScheduleId id : {hook, own}) {
        stage.trigger(id);
        stage.trigger(id);
    }
    stage.advance(Duration::minutes(1));
    CHECK(statuses(stage, hook) == "initial initial");
    CHECK(statuses(stage, own) == "running initial");
}

TEST_CASE("runs of an inactive trigger wait until it is activated") {
    Stage stage(one_block({}));
    const ScheduleId hook = stage.add_schedule("limited", ScheduleType::api, {}, ScheduleStatus::inactive);
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::hours(1));
    CHECK(stage.run(run).status == RunStatus::initial);
    write(stage.instance, hook, [](Schedule& row) { row.status = ScheduleStatus::active; });
    stage.advance(Duration::seconds(10));
    CHECK(stage.run(run).status == RunStatus::running);
}

TEST_CASE("skip_if_previous_running makes a run that is cancelled at once, once a period", "[lifecycle 3.6]") {
    const auto project = ProjectBuilder().pipeline("slow").block("only").lasts(Duration::minutes(90)).build();
    Stage stage(project);
    const ScheduleId hourly = stage.add_schedule("slow", ScheduleType::time, "@hourly");
    stage.set_settings(hourly, R"({"skip_if_previous_running": true})");
    stage.run_until(kStart + Duration::minutes(185));
    const std::vector<RunId> runs = stage.runs_of(hourly);
    REQUIRE(runs.size() == 4);
    CHECK(statuses(stage, hourly) == "completed cancelled running cancelled");
    CHECK(stage.instance.store.block_runs_count(runs[1]) == 0);
    CHECK(stage.run(runs[1]).variables.json() == R"({"execution_partition": "1/20260101T010000_000000"})");
    CHECK(stage.run(runs[0]).variables.json() == "null");
    CHECK(stage.history(Subject::run, runs[1].value) == "initial cancelled");
}

TEST_CASE("block_run_limit bounds what is queued and running of one run") {
    ProjectBuilder builder;
    builder.pipeline("wide");
    for (const char* uuid : {"a", "b", "c", "d", "e"}) builder.block(uuid).lasts(Duration::seconds(15));
    builder.limits({2, {}, {}, RunLimitPolicy::wait});
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("wide", ScheduleType::api));
    stage.advance(Duration::seconds(5));
    CHECK(stage.blocks(run) == "a running, b running, c initial, d initial, e initial");
    stage.advance(Duration::seconds(10));
    CHECK(stage.blocks(run) == "a running, b running, c initial, d initial, e initial");
    stage.advance(Duration::seconds(10));
    CHECK(stage.blocks(run) == "a completed, b completed, c running, d running, e initial");
}

TEST_CASE("workers take jobs first come, first served, and no more than there are") {
    ProjectBuilder builder;
    builder.queue_concurrency(2).pipeline("wide");
    for (const char* uuid : {"a", "b", "c", "d"}) builder.block(uuid).lasts(Duration::seconds(4));
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("wide", ScheduleType::api));
    stage.advance(Duration::seconds(1));
    CHECK(stage.blocks(run) == "a running, b running, c queued, d queued");
    stage.advance(Duration::seconds(4));
    CHECK(stage.blocks(run) == "a completed, b completed, c running, d running");
    CHECK(*stage.block(run, "c").dates.started_at() - *stage.block(run, "a").dates.completed_at() <
          Duration::milliseconds(1));
}
