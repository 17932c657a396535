#include "lifecycle/requests/event_triggers.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"
#include "lifecycle/blocks/block_variables.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/scheduler/sla.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

json::Value parsed(std::string_view text) {
    const auto value = json::parse(text);
    REQUIRE(value.ok());
    return *value;
}

std::shared_ptr<const Project> chain() {
    return ProjectBuilder()
        .pipeline("chain")
        .variables(R"({"shared": "g"})")
        .block("first")
        .block("second", {"first"})
        .build();
}

}  // namespace

TEST_CASE("the match rule", "[lifecycle 7]") {
    constexpr std::string_view kPattern = R"({"source": ["aws.s3"], "detail": {"bucket": {"name": ["b1", "b2"]}}})";
    struct Case {
        std::string_view pattern;
        std::string_view event;
        bool matches;
    };
    const Case cases[] = {
        {kPattern, R"({"source": "aws.s3", "detail": {"bucket": {"name": "b2", "x": 1}}, "other": 1})", true},
        {kPattern, R"({"source": "aws.s3", "detail": {"bucket": {"name": "b3"}}})", false},
        {kPattern, R"({"source": "aws.s3", "detail": {}})", false},
        {kPattern, "{}", false},
        {kPattern, R"({"source": ["aws.s3"], "detail": {"bucket": {"name": "b1"}}})", false},
        {"{}", R"({"anything": 1})", true},
        {"{}", "{}", true},
        {"{}", "[]", false},
        {"{}", "null", false},
        {"null", "{}", false},
        {R"({"a": "b"})", R"({"a": "b"})", false},
        {R"({"a": [1]})", R"({"a": 1.0})", true},
        {R"({"a": {}})", R"({"a": {"b": 1}})", true},
    };
    for (const Case& each : cases) {
        INFO(each.pattern << " " << each.event);
        CHECK(event_matches(parsed(each.pattern), parsed(each.event)) == each.matches);
    }
}

TEST_CASE("each matcher makes a run for each of its active schedules", "[row 75]") {
    Stage stage(chain());
    const ScheduleId active = stage.add_schedule("chain", ScheduleType::event);
    const ScheduleId inactive = stage.add_schedule("chain", ScheduleType::event, {}, ScheduleStatus::inactive);
    for (const char* pattern : {"{}", R"({"a": [1]})", R"({"a": [2]})"}) {
        EventMatcher row;
        row.pattern = json::Text(pattern);
        const EventMatcherId matcher = stage.instance.store.insert(row);
        for (const ScheduleId schedule : {active, inactive})
            write(stage.instance, schedule, [&](Schedule& s) { s.event_matchers.push_back(matcher); });
    }
    write(stage.instance, active, [](Schedule& row) { row.variables = json::Text(R"({"v": 1, "event": 0})"); });
    schedule_with_event(stage.instance, parsed(R"({"a": 1})"));
    REQUIRE(stage.runs_of(active).size() == 2);
    CHECK(stage.runs_of(inactive).empty());
    const Run& run = stage.run(stage.runs_of(active)[0]);
    CHECK(run.status == RunStatus::initial);
    CHECK(run.variables.json().starts_with(
        R"({"v": 1, "event": {"a": 1}, "execution_partition": "1/20260101T000000_0000)"));
    CHECK(run.event_variables.json() == "null");
    CHECK(stage.blocks(run.id) == "first initial, second initial");
    stage.advance(Duration::minutes(1));
    CHECK(stage.run(run.id).status == RunStatus::completed);
}

TEST_CASE("precedence of variables", "[lifecycle 5]") {
    Stage stage(chain());
    const ScheduleId hook = stage.add_schedule("chain", ScheduleType::api);
    write(stage.instance, hook, [](Schedule& row) { row.variables = json::Text(R"({"shared": "s"})"); });
    const RunId id = stage.add_run(hook, at(2024, 2, 3, 4, 5, 6, 7));
    write(stage.instance, id, [](Run& row) {
        row.variables = json::Text(R"({"shared": "r", "execution_partition": "9/own"})");
        row.event_variables = json::Text(R"({"shared": "e", "new": "e"})");
    });
    CHECK(
        json::to_text(get_variables(stage.instance, stage.run(id))) ==
        R"({"shared": "r", "execution_partition": "9/own", "new": "e", "ds": "2024-02-03", "hr": "04", "env": "prod", )"
        R"("event": {"shared": "e", "new": "e"}, "execution_date": "2024-02-03 04:05:06.000007+00:00", "pipeline_run_id": 1, )"
        R"("trigger_name": "trigger 1"})");
}

TEST_CASE("variables of a run without an execution date", "[row 13]") {
    Stage stage(ProjectBuilder().pipeline("stream", "streaming").build());
    const ScheduleId hook = stage.add_schedule("stream", ScheduleType::api);
    const RunId id = stage.add_run(hook, kStart, RunStatus::running);
    stage.instance.store.update(id, [](Run& row) { row.execution_date = {}; });
    CHECK(
        json::to_text(get_variables(stage.instance, stage.run(id))) ==
        R"({"env": "prod", "event": {}, "execution_date": null, "execution_partition": "1", "pipeline_run_id": 1, "trigger_name": "trigger 1"})");
    stage.run_until(kStart);
    CHECK(stage.instance.jobs.find(id) != JobQueue::kNone);
    stage.advance(Duration::hours(3));
    CHECK(stage.run(id).status == RunStatus::running);
    cancel_run(stage.instance, id);
    CHECK(stage.instance.jobs.running() == 0);
}

TEST_CASE("intervals of time triggers", "[row 64][lifecycle 5]") {
    struct Case {
        const char* interval;
        Instant date;
        const char* expected;  // start, end, seconds, previous
    };
    const Case cases[] = {
        {"@once", at(2024, 1, 1), R"(["2024-01-01 00:00:00", null, null, null])"},
        {"@hourly", at(2024, 1, 1), R"(["2024-01-01 00:00:00", "2024-01-01 01:00:00", 3600, "2023-12-31 23:00:00"])"},
        {"@daily", at(2024, 1, 1), R"(["2024-01-01 00:00:00", "2024-01-02 00:00:00", 86400, "2023-12-31 00:00:00"])"},
        {"@weekly", at(2024, 1, 1), R"(["2024-01-01 00:00:00", "2024-01-08 00:00:00", 604800, "2023-12-25 00:00:00"])"},
        {"@monthly", at(2024, 3, 1),
         R"(["2024-03-01 00:00:00", "2024-04-01 00:00:00", 2678400.0, "2024-01-30 00:00:00"])"},
        {"*/10 * * * *", at(2023, 10, 11, 12, 10),
         R"(["2023-10-11 12:10:00", "2023-10-11 12:20:00", 600.0, "2023-10-11 12:00:00"])"},
        {"0 9,17 * * *", at(2024, 1, 2, 17),
         R"(["2024-01-02 17:00:00", "2024-01-03 09:00:00", 57600.0, "2024-01-02 01:00:00"])"},
        {"@daily", at(9999, 12, 31), R"(["9999-12-31 00:00:00", null, null, null])"},
        {"@daily", at(1, 1, 1), R"(["0001-01-01 00:00:00", "0001-01-02 00:00:00", 86400, null])"},
    };
    Options options = Stage::default_options();
    options.dialect = Dialect::sqlite;
    for (const Case& each : cases) {
        INFO(each.interval);
        Stage stage(chain(), options);
        const ScheduleId id = stage.add_schedule("chain", ScheduleType::time, each.interval);
        const json::Object variables = get_variables(stage.instance, stage.run(stage.add_run(id, each.date)));
        json::Array shown;
        for (const char* key : {"interval_start_datetime", "interval_end_datetime", "interval_seconds",
                                "interval_start_datetime_previous"})
            shown.push_back(*variables.find(key));
        CHECK(json::to_text(shown) == each.expected);
    }
}

TEST_CASE("what a backfill says of intervals goes before the schedule's, as dates", "[lifecycle 5]") {
    Stage stage(chain());
    const ScheduleId id = stage.add_schedule("chain", ScheduleType::time, "@daily");
    const RunId run = stage.add_run(id, at(2024, 1, 2));
    write(stage.instance, run, [](Run& row) {
        row.variables =
            json::Text(R"({"interval_start_datetime": "2024-01-02T00:00:00+00:00", "interval_seconds": 7.0})");
    });
    const json::Object variables = get_variables(stage.instance, stage.run(run));
    CHECK(*variables.find("interval_start_datetime")->string() == "2024-01-02 00:00:00+00:00");
    CHECK(*variables.find("interval_seconds")->real() == 7.0);
    CHECK(variables.find("interval_end_datetime") == nullptr);
}

TEST_CASE("integration pipelines add their names", "[lifecycle 5]") {
    Stage stage(ProjectBuilder().pipeline("sync", "integration").block("source").build());
    const RunId run = stage.add_run(stage.add_schedule("sync", ScheduleType::api), kStart);
    const json::Object variables = get_variables(stage.instance, stage.run(run));
    for (const char* key : {"pipeline.name", "pipeline.uuid", "pipeline_uuid"})
        CHECK(*variables.find(key)->string() == "sync");
}

TEST_CASE("only runs that are over the SLA are marked, once", "[row 24][lifecycle 6]") {
    Options options;
    options.start = at(2023, 5, 1, 1, 20, 33);
    Stage stage(chain(), options);
    const ScheduleId id = stage.add_schedule("chain", ScheduleType::api);
    write(stage.instance, id, [](Schedule& row) { row.sla = 600; });
    stage.instance.now = options.start;
    std::vector<RunId> runs;
    for (const int ago : {601, 600, 599, 1})
        runs.push_back(stage.add_run(id, options.start - Duration::seconds(ago), RunStatus::running));
    runs.push_back(stage.add_run(id, options.start - Duration::days(3), RunStatus::completed));
    runs.push_back(stage.add_run(id, options.start - Duration::days(3)));
    stage.instance.now = options.start;
    check_sla(stage.instance);
    const bool expected[] = {true, false, false, false, false, true};
    for (std::size_t i = 0; i < runs.size(); ++i) CHECK(stage.run(runs[i]).passed_sla == expected[i]);
    const auto revision = stage.instance.store.revision();
    stage.instance.now = options.start;
    check_sla(stage.instance);
    CHECK(stage.instance.store.revision() == revision);
    const auto& log = stage.instance.transitions;
    CHECK(log[log.end() - 1].cause == Cause::sla);
}
