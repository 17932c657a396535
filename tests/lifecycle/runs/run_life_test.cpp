#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::shared_ptr<const Project> diamond() {
    return ProjectBuilder()
        .pipeline("diamond")
        .block("load", {}, "data_loader")
        .block("left", {"load"})
        .block("right", {"load"})
        .block("export", {"left", "right"}, "data_exporter")
        .build();
}

}  // namespace

TEST_CASE("a triggered run goes from initial to completed, one level of blocks a tick", "[row 20]") {
    Stage stage(diamond());
    const ScheduleId hook = stage.add_schedule("diamond", ScheduleType::api);
    stage.advance(Duration::seconds(5));
    const RunId run = stage.trigger(hook);
    CHECK(stage.run(run).status == RunStatus::initial);
    CHECK(stage.blocks(run) == "load initial, left initial, right initial, export initial");

    struct Row {
        int second;
        RunStatus run;
        const char* blocks;
    };
    const Row rows[] = {
        {9, RunStatus::initial, "load initial, left initial, right initial, export initial"},
        {10, RunStatus::running, "load queued, left initial, right initial, export initial"},
        {11, RunStatus::running, "load running, left initial, right initial, export initial"},
        {12, RunStatus::running, "load completed, left initial, right initial, export initial"},
        {20, RunStatus::running, "load completed, left queued, right queued, export initial"},
        {25, RunStatus::running, "load completed, left completed, right completed, export initial"},
        {30, RunStatus::running, "load completed, left completed, right completed, export queued"},
        {39, RunStatus::running, "load completed, left completed, right completed, export completed"},
        {40, RunStatus::completed, "load completed, left completed, right completed, export completed"},
    };
    for (const Row& row : rows) {
        INFO("second " << row.second);
        stage.run_until(kStart + Duration::seconds(row.second));
        CHECK(stage.run(run).status == row.run);
        CHECK(stage.blocks(run) == row.blocks);
    }
    CHECK(stage.run(run).started_at);
    CHECK(stage.run(run).completed_at);
    CHECK(stage.block(run, "load").metrics.json() == "{}");
    CHECK(stage.history(Subject::run, run.value) == "initial running completed");
    CHECK(stage.history(Subject::block_run, 1) == "initial queued running completed");
}

TEST_CASE("the measured timeline of a chain and an independent block", "[lifecycle 3.10]") {
    const auto project = ProjectBuilder()
                             .pipeline("chain")
                             .block("r1")
                             .lasts(Duration::seconds(2))
                             .block("r2", {"r1"})
                             .lasts(Duration::seconds(2))
                             .block("r3", {"r2"})
                             .lasts(Duration::seconds(2))
                             .block("rx")
                             .lasts(Duration::seconds(2))
                             .build();
    Stage stage(project);
    const ScheduleId once = stage.add_schedule("chain", ScheduleType::time, "@once");
    stage.run_until(kStart);
    const RunId run{1};
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK(stage.blocks(run) == "r1 queued, r2 initial, r3 initial, rx queued");

    const auto between = [&](MaybeInstant instant, double from, double to) {
        const double seconds = static_cast<double>((*instant - kStart).us) / 1e6;
        return from <= seconds && seconds <= to;
    };
    stage.run_until(kStart + Duration::seconds(40));
    CHECK(between(stage.run(run).started_at, 0.0, 0.2));
    CHECK(between(stage.block(run, "r1").dates.started_at(), 0.2, 0.4));
    CHECK(between(stage.block(run, "rx").dates.started_at(), 0.2, 0.4));
    CHECK(between(stage.block(run, "r1").dates.completed_at(), 2.2, 2.5));
    CHECK(between(stage.block(run, "r2").dates.started_at(), 10.2, 10.5));
    CHECK(between(stage.block(run, "r3").dates.started_at(), 20.2, 20.6));
    CHECK(between(stage.run(run).completed_at, 30.0, 30.6));
    CHECK(stage.schedule(once).status == ScheduleStatus::inactive);
    CHECK(stage.runs_of(once).size() == 1);
}

TEST_CASE("a failing block fails the run at the next tick and cancels the rest", "[row 12][row 22]") {
    const auto project = ProjectBuilder()
                             .pipeline("broken")
                             .block("start")
                             .block("explode", {"start"})
                             .fails()
                             .block("slow", {"start"})
                             .lasts(Duration::hours(1))
                             .block("after", {"explode"})
                             .build();
    Stage stage(project);
    const ScheduleId hook = stage.add_schedule("broken", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(15));
    CHECK(stage.blocks(run) == "start completed, explode failed, slow running, after initial");
    CHECK(stage.run(run).status == RunStatus::running);
    stage.advance(Duration::seconds(10));
    CHECK(stage.blocks(run) == "start completed, explode failed, slow cancelled, after cancelled");
    CHECK(stage.run(run).status == RunStatus::failed);
    CHECK_FALSE(stage.run(run).completed_at);
    CHECK_FALSE(stage.block(run, "explode").dates.completed_at());
    CHECK(stage.instance.jobs.running() == 0);
    const json::Value metrics = stage.block(run, "explode").metrics.value();
    const json::Object& error = *metrics.object()->find("error")->object();
    CHECK(*error.find("error")->string() == "boom");
    CHECK(error.find("errors")->array()->at(0).string()->starts_with("  File \""));
    CHECK(error.find("message")->string()->starts_with("Traceback (most recent call last):\n"));
    CHECK(error.find("message")->string()->ends_with("\nValueError: boom\n"));
    CHECK(stage.block(run, "after").metrics.json() == "null");
}

TEST_CASE("equal worlds stay equal, and a saved world goes on as the one it was saved from") {
    const auto project = ProjectBuilder()
                             .queue_concurrency(2)
                             .pipeline("busy")
                             .block("a")
                             .lasts(Duration::seconds(1), Duration::seconds(25))
                             .block("b", {"a"})
                             .attempts("ffo")
                             .retries(2)
                             .block("c", {"a"})
                             .lasts(Duration::seconds(3), Duration::seconds(4))
                             .build();
    Stage stage(project);
    for (int i = 0; i < 3; ++i) stage.add_schedule("busy", ScheduleType::time, "@always_on");
    const auto hash = [](const Instance& instance) {
        ArchiveHasher hasher;
        hasher(instance);
        return hasher.hash();
    };
    for (int second = 0; second < 200; second += 7) {
        stage.run_until(kStart + Duration::seconds(second));
        ArchiveWriter writer;
        writer(stage.instance);
        Stage loaded(project);
        ArchiveReader reader(writer.text());
        reader(loaded.instance);
        REQUIRE(reader.ok());
        REQUIRE(reader.at_end());
        REQUIRE(hash(loaded.instance) == hash(stage.instance));
        Stage fork = stage;
        for (Stage* each : {&loaded, &fork}) each->advance(Duration::seconds(60));
        REQUIRE(hash(loaded.instance) == hash(fork.instance));
        Stage original = stage;
        original.advance(Duration::seconds(60));
        REQUIRE(hash(original.instance) == hash(fork.instance));
    }
}
