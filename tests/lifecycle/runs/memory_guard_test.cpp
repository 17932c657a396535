#include "lifecycle/logs/logs.hpp"
#include "lifecycle/why/why.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// Memory is full from second 15 to second 35: at the ticks 20 and 30.
Options memory_full() {
    Options options = Stage::default_options();
    options.faults.planned = {{FaultKind::memory_full, kStart + Duration::seconds(15), Duration::seconds(20), {}}};
    return options;
}

}  // namespace

TEST_CASE("while memory is full, every step of a run stops it, and runs that come later", "[lifecycle 1.4]") {
    Stage stage(ProjectBuilder().pipeline("p").block("a").lasts(Duration::minutes(1)).block("b", {"a"}).build(),
                memory_full());
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId early = stage.trigger(hook);
    stage.run_until(kStart + Duration::seconds(19));
    CHECK(stage.run(early).status == RunStatus::running);
    const RunId late = stage.trigger(hook);
    stage.run_until(kStart + Duration::seconds(25));
    CHECK(stage.run(early).status == RunStatus::cancelled);
    CHECK(stage.blocks(early) == "a cancelled, b cancelled");
    CHECK(stage.history(Subject::run, late.value) == "initial running cancelled");
    CHECK(stage.blocks(late) == "a cancelled, b cancelled");
    CHECK(stage.instance.jobs.running() == 0);
    CHECK_FALSE(stage.run(early).completed_at);
    CHECK(why(stage.instance, early) == "cancelled at 00:00:20: the memory guard stopped it");
    const auto lines = scheduler_log(stage.instance, stage.run(early));
    REQUIRE(lines.size() >= 2);
    const LogLine& guard = lines.back();
    CHECK(guard.level == LogLevel::info);
    CHECK(guard.message == "Memory usage across all pipeline runs has reached or exceeded the maximum limit of 95%.");

    stage.run_until(kStart + Duration::seconds(36));
    const RunId after = stage.trigger(hook);
    stage.advance(Duration::minutes(3));
    CHECK(stage.run(after).status == RunStatus::completed);
}

TEST_CASE("the step goes on behind the memory guard, and completes a run whose blocks are done", "[lifecycle 1.4]") {
    Stage stage(ProjectBuilder().pipeline("p").block("a").lasts(Duration::seconds(15)).build(), memory_full());
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(25));
    CHECK(stage.history(Subject::run, run.value) == "initial running cancelled completed");
    CHECK(stage.run(run).completed_at);
}

TEST_CASE("the memory guard stops streaming runs as well", "[lifecycle 1.4]") {
    ProjectBuilder builder;
    builder.pipeline("stream", "streaming")
        .block("source", {}, "data_loader")
        .block("sink", {"source"}, "data_exporter");
    Stage stage(builder.build(), memory_full());
    const RunId run = stage.trigger(stage.add_schedule("stream", ScheduleType::api));
    stage.run_until(kStart + Duration::minutes(2));
    CHECK(stage.run(run).status == RunStatus::cancelled);
    CHECK(stage.instance.jobs.alive() == 0);
}
