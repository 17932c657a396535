#include <limits>

#include "lifecycle/runs/retry_by_user.hpp"
#include "lifecycle/runs/step_run.hpp"
#include "lifecycle/runs/timeouts.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("a run is timed out when it ran for longer than its trigger allows", "[row 32][row 33]") {
    struct Case {
        const char* settings;
        RunStatus late;
    };
    const Case cases[] = {
        {R"({"timeout": 600})", RunStatus::failed},
        {R"({"timeout": "600"})", RunStatus::failed},
        {R"({"timeout": 600, "timeout_status": "cancelled"})", RunStatus::cancelled},
        {R"({"timeout": 0})", RunStatus::running},
        {R"({})", RunStatus::running},
    };
    for (const Case& each : cases) {
        INFO(each.settings);
        Stage stage(
            ProjectBuilder().pipeline("slow").block("only").lasts(Duration::hours(9)).block("next", {"only"}).build());
        const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
        stage.set_settings(hook, each.settings);
        stage.instance.now = kStart + Duration::seconds(1000);
        const Instant now = stage.instance.now;
        struct Started {
            Duration ago;
            RunStatus expected;
        };
        const Started runs[] = {{Duration::seconds(601), each.late},
                                {Duration::seconds(599), RunStatus::running},
                                {Duration::seconds(1), RunStatus::running}};
        for (const Started& started : runs) {
            const RunId run = stage.add_run(hook, now, RunStatus::running);
            stage.instance.store.update(run, [&](Run& row) { row.started_at = now - started.ago; });
            step_run(stage.instance, run);
            CHECK(stage.run(run).status == started.expected);
            CHECK_FALSE(stage.run(run).completed_at);
            CHECK(stage.blocks(run) == (started.expected == RunStatus::running ? "only queued, next initial"
                                                                               : "only cancelled, next cancelled"));
        }
    }
}

TEST_CASE("exactly the timeout is not over it") {
    Stage stage(ProjectBuilder().pipeline("slow").block("only").lasts(Duration::hours(9)).build());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    stage.set_settings(hook, R"({"timeout": 20})");
    const RunId run = stage.add_run(hook, kStart, RunStatus::running);
    stage.instance.store.update(run, [](Run& row) { row.started_at = kStart; });
    stage.instance.now = kStart + Duration::seconds(20);
    step_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::running);
    stage.instance.now = kStart + Duration::seconds(20) + Duration::microseconds(1);
    step_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::failed);
}

TEST_CASE("a timeout of any number of seconds has an instant") {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    CHECK(timeout_instant(kStart, 5) == kStart + Duration::seconds(5));
    CHECK(timeout_instant(kStart, -5) == kStart - Duration::seconds(5));
    CHECK(timeout_instant(kStart, kMost) > kStart + Duration::days(1'000'000));
    CHECK(timeout_instant(kStart, -kMost - 1) < kStart - Duration::days(1'000'000));
}

TEST_CASE("a run whose blocks are all finished is completed, however late") {
    Stage stage(ProjectBuilder().pipeline("quick").block("only").build());
    const ScheduleId hook = stage.add_schedule("quick", ScheduleType::api);
    stage.set_settings(hook, R"({"timeout": 5})");
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(15));
    CHECK(stage.run(run).status == RunStatus::completed);
}

TEST_CASE("a timed-out run that is retried fails again at the next tick, since started_at stays") {
    Stage stage(ProjectBuilder().pipeline("slow").block("only").lasts(Duration::hours(1)).build());
    const ScheduleId hook = stage.add_schedule("slow", ScheduleType::api);
    stage.set_settings(hook, R"({"timeout": 15})");
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(25));
    CHECK(stage.run(run).status == RunStatus::failed);
    CHECK(stage.instance.jobs.running() == 0);
    REQUIRE(retry_blocks(stage.instance, run, {}).ok());
    CHECK(stage.blocks(run) == "only initial");
    stage.advance(Duration::seconds(10));
    CHECK(stage.run(run).status == RunStatus::failed);
}

TEST_CASE("a block that runs for longer than its timeout fails, and the run at the next tick", "[row 34]") {
    Stage stage(
        ProjectBuilder().pipeline("slow").block("first").lasts(Duration::hours(1)).timeout(25).block("second").build());
    const RunId run = stage.trigger(stage.add_schedule("slow", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(25));
    CHECK(stage.blocks(run) == "first running, second completed");
    stage.run_until(kStart + Duration::seconds(35));
    CHECK(stage.blocks(run) == "first failed, second completed");
    CHECK(stage.block(run, "first").metrics.json() == "{}");
    CHECK_FALSE(stage.block(run, "first").dates.completed_at());
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK(stage.instance.jobs.running() == 0);
    stage.run_until(kStart + Duration::seconds(45));
    CHECK(stage.run(run).status == RunStatus::failed);
    stage.advance(Duration::hours(2));
    CHECK(stage.blocks(run) == "first failed, second completed");
}
