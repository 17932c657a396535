#include "lifecycle/blocks/attempt_duration.hpp"
#include "lifecycle/blocks/retry_delay.hpp"
#include "lifecycle/runs/retry_by_user.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

TEST_CASE("attempts and sleeps of the retry rule", "[row 98][lifecycle 2.9]") {
    struct Case {
        RetryConfig config;
        std::vector<int> sleeps;
    };
    const auto seconds = [](int n) { return Duration::seconds(n); };
    const Case cases[] = {
        {{3, seconds(5), seconds(60), true}, {5, 10, 20}},
        {{10, seconds(5), seconds(60), true}, {5, 10, 20}},
        {{3, seconds(5), seconds(60), false}, {5, 5, 5}},
        {{10, seconds(5), seconds(60), false}, {5, 5, 5, 5, 5, 5, 5, 5, 5, 5}},
        {{10, seconds(10), seconds(600), true}, {10, 20, 40, 80, 160}},
        {{2, seconds(60), seconds(60), true}, {}},
        {{2, seconds(60), seconds(60), false}, {}},
        {{2, seconds(59), seconds(60), true}, {59}},
        {{0, seconds(5), seconds(60), true}, {}},
    };
    for (const Case& each : cases) {
        std::vector<int> sleeps;
        Duration slept;
        for (std::uint32_t attempt = 1; attempt < 100; ++attempt) {
            const auto delay = retry_delay(each.config, attempt, slept);
            if (!delay) break;
            slept = slept + *delay;
            sleeps.push_back(static_cast<int>(delay->us / 1'000'000));
        }
        CHECK(sleeps == each.sleeps);
    }
}

TEST_CASE("a block stays running through its attempts and sleeps, and its timing is theirs", "[row 88]") {
    const auto project = ProjectBuilder().pipeline("flaky").block("wobble").attempts("ffo").retries(2).build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("flaky", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(18));
    CHECK(stage.blocks(run) == "wobble running");
    stage.run_until(kStart + Duration::seconds(19));
    CHECK(stage.blocks(run) == "wobble completed");
    const Duration took =
        *stage.block(run, "wobble").dates.completed_at() - *stage.block(run, "wobble").dates.started_at();
    CHECK(took >= Duration::seconds(3 + 5 + 10));
    CHECK(took < Duration::seconds(3 + 5 + 10) + Duration::milliseconds(1));
    CHECK(stage.block(run, "wobble").metrics.json() == "{}");
    CHECK(stage.block(run, "wobble").attempts == 3);
}

TEST_CASE("attempts go on in a block run's next life") {
    const auto project = ProjectBuilder().pipeline("flaky").block("wobble").attempts("ffo").build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("flaky", ScheduleType::api));
    stage.advance(Duration::seconds(15));
    CHECK(stage.run(run).status == RunStatus::failed);
    for (const RunStatus expected : {RunStatus::failed, RunStatus::completed}) {
        REQUIRE(retry_blocks(stage.instance, run, {}).ok());
        CHECK(stage.run(run).status == RunStatus::running);
        stage.advance(Duration::seconds(25));
        CHECK(stage.run(run).status == expected);
    }
    // The error of the first life stays (lifecycle.md 9.2), and each life has a fresh started_at.
    CHECK(stage.block(run, "wobble").metrics.json().starts_with("{\"error\": "));
    CHECK(*stage.block(run, "wobble").dates.started_at() > kStart + Duration::seconds(30));
}

TEST_CASE("changing one block's model does not shift another's durations") {
    const auto durations = [](bool slower) {
        ProjectBuilder builder;
        builder.pipeline("p").block("a").lasts(Duration::seconds(1),
                                               slower ? Duration::seconds(3) : Duration::seconds(9));
        builder.block("b").lasts(Duration::seconds(1), Duration::seconds(9));
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
        stage.advance(Duration::seconds(30));
        const BlockRun& b = stage.block(run, "b");
        return (*b.dates.completed_at() - *b.dates.started_at()).us / 1000;
    };
    CHECK(durations(false) == durations(true));
}

TEST_CASE("durations stay within their model") {
    for (const DurationKind kind : {DurationKind::fixed, DurationKind::range, DurationKind::long_tail}) {
        ProjectBuilder builder;
        builder.pipeline("p").block("a").with([&](Block& block) {
            block.model.duration = {kind, Duration::seconds(2),
                                    Duration::seconds(kind == DurationKind::fixed ? 2 : 60)};
        });
        Stage stage(builder.build());
        const PipelineFacts& pipeline = *pipeline_facts(stage.instance, stage.instance.project->pipelines[0].symbol);
        Duration least = Duration::days(1);
        Duration most;
        int near = 0;
        for (std::uint32_t run = 1; run <= 2'000; ++run) {
            const BlockFacts& block = pipeline.blocks[0];
            const Duration d =
                attempt_duration(stage.instance, block.block->model, {block, block.block->symbol, RunId{run}, 1});
            least = std::min(least, d);
            most = std::max(most, d);
            near += d < Duration::seconds(4);
        }
        CHECK(most <= Duration::seconds(60));
        if (kind == DurationKind::fixed) CHECK(least == most);
        if (kind == DurationKind::range) CHECK(least >= Duration::seconds(2));
        if (kind == DurationKind::range) CHECK(most > Duration::seconds(55));
        if (kind == DurationKind::long_tail) CHECK(near > 1'800);
        if (kind == DurationKind::long_tail) CHECK(most > Duration::seconds(20));
    }
}

TEST_CASE("with allow_blocks_to_fail the rest goes on, and the run fails with a completed_at", "[row 11][row 23]") {
    const auto project = ProjectBuilder()
                             .pipeline("tolerant")
                             .block("start")
                             .block("explode", {"start"})
                             .fails()
                             .block("fine", {"start"})
                             .lasts(Duration::seconds(20))
                             .block("after", {"explode"})
                             .block("far", {"after", "fine"})
                             .build();
    Stage stage(project);
    const ScheduleId once = stage.add_schedule("tolerant", ScheduleType::time, "@once");
    stage.set_settings(once, R"({"allow_blocks_to_fail": true})");
    stage.run_until(kStart + Duration::seconds(15));
    const RunId run{1};
    CHECK(stage.blocks(run) == "start completed, explode failed, fine running, after initial, far initial");
    CHECK(stage.run(run).status == RunStatus::running);
    stage.run_until(kStart + Duration::seconds(20));
    CHECK(stage.blocks(run) ==
          "start completed, explode failed, fine running, after upstream_failed, far upstream_failed");
    stage.run_until(kStart + Duration::seconds(45));
    CHECK(stage.run(run).status == RunStatus::failed);
    CHECK(stage.run(run).completed_at);
    CHECK(stage.schedule(once).status == ScheduleStatus::inactive);
}

TEST_CASE("a false condition ends its block and all below it, and the run is completed", "[row 89]") {
    const auto project = ProjectBuilder()
                             .pipeline("gated")
                             .block("open")
                             .block("guarded", {"open"})
                             .conditional("gate", false)
                             .block("free", {"open"})
                             .conditional("other", true)
                             .block("beyond", {"guarded"})
                             .block("further", {"beyond"})
                             .build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("gated", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(15));
    CHECK(stage.blocks(run) ==
          "open completed, guarded condition_failed, free completed, beyond initial, further initial");
    CHECK(stage.block(run, "guarded").dates.started_at());
    CHECK_FALSE(stage.block(run, "guarded").dates.completed_at());
    stage.run_until(kStart + Duration::seconds(20));
    CHECK(
        stage.blocks(run) ==
        "open completed, guarded condition_failed, free completed, beyond condition_failed, further condition_failed");
    stage.run_until(kStart + Duration::seconds(30));
    CHECK(stage.run(run).status == RunStatus::completed);
}

TEST_CASE("a failed block above wins over a false condition above", "[lifecycle 2.3]") {
    const auto project = ProjectBuilder()
                             .pipeline("mixed")
                             .block("bad")
                             .fails()
                             .block("untrue")
                             .conditional("gate", false)
                             .block("below", {"bad", "untrue"})
                             .build();
    Stage stage(project);
    const ScheduleId hook = stage.add_schedule("mixed", ScheduleType::api);
    stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(15));
    CHECK(stage.blocks(run) == "bad failed, untrue condition_failed, below upstream_failed");
}

TEST_CASE("a sensor polls once a minute until it is true, and one that never is goes on for ever") {
    const auto project = ProjectBuilder()
                             .pipeline("waiting")
                             .block("third", {}, "sensor")
                             .with([](Block& block) { block.model.polls = 3; })
                             .block("never", {}, "sensor")
                             .with([](Block& block) { block.model.polls = 0; })
                             .build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("waiting", ScheduleType::api));
    stage.advance(Duration::seconds(122));
    CHECK(stage.blocks(run) == "third running, never running");
    stage.advance(Duration::seconds(8));
    CHECK(stage.blocks(run) == "third completed, never running");
    stage.advance(Duration::hours(30));
    CHECK(stage.blocks(run) == "third completed, never running");
}

TEST_CASE("a block below one that is never executed waits for ever", "[lifecycle 2.4]") {
    const auto project =
        ProjectBuilder().pipeline("odd").block("notes", {}, "markdown").block("below", {"notes"}).build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("odd", ScheduleType::api));
    stage.advance(Duration::hours(5));
    CHECK(stage.blocks(run) == "below initial");
    CHECK(stage.run(run).status == RunStatus::running);
}

TEST_CASE("a run without block runs is completed in the tick that starts it") {
    Stage stage(ProjectBuilder().pipeline("empty").build());
    const ScheduleId once = stage.add_schedule("empty", ScheduleType::time, "@once");
    stage.run_until(kStart);
    CHECK(stage.history(Subject::run, 1) == "initial running completed");
    CHECK(stage.schedule(once).status == ScheduleStatus::inactive);
}

TEST_CASE("a replica has a row of its own, and one without its target cannot start", "[row 2][lifecycle 2.11]") {
    const auto project = ProjectBuilder()
                             .pipeline("good")
                             .block("load")
                             .block("copy", {"load"})
                             .replica_of("load")
                             .block("after", {"copy"})
                             .pipeline("lost")
                             .block("copy")
                             .replica_of("gone")
                             .build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("good", ScheduleType::api));
    stage.add_schedule("lost", ScheduleType::time, "@once");
    stage.run_until(kStart + Duration::seconds(50));
    CHECK(stage.blocks(run) == "load completed, copy:load completed, after completed");
    CHECK(stage.block(run, "copy:load").metrics.json() == R"({"metadata": {"flags": ["replicated"]}})");
    CHECK(stage.run(RunId{2}).status == RunStatus::failed);
    CHECK_FALSE(stage.run(RunId{2}).started_at);
    CHECK(stage.history(Subject::run, 2) == "initial failed");
}
