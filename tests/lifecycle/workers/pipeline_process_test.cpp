#include "lifecycle/logs/logs.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/why/why.hpp"
#include "lifecycle/workers/faults.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

ProjectBuilder one_process() {
    ProjectBuilder builder;
    builder.pipeline("whole").with_pipeline([](Pipeline& pipeline) { pipeline.run_in_one_process = true; });
    return builder;
}

}  // namespace

TEST_CASE("one process executes all levels of a run without waiting for ticks", "[row 96]") {
    ProjectBuilder builder = one_process();
    builder.block("load").block("left", {"load"}).block("right", {"load"}).block("export", {"left", "right"});
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("whole", ScheduleType::api));
    stage.run_until(kStart + Duration::milliseconds(500));
    CHECK(stage.blocks(run) == "load running, left initial, right initial, export initial");
    stage.run_until(kStart + Duration::milliseconds(2500));
    CHECK(stage.blocks(run) == "load completed, left completed, right running, export initial");
    stage.run_until(kStart + Duration::seconds(9));
    CHECK(stage.blocks(run) == "load completed, left completed, right completed, export completed");
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK(stage.block(run, "load").metrics.json() == "null");
    CHECK(stage.history(Subject::block_run, 1) == "initial running completed");
    stage.run_until(kStart + Duration::seconds(10));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.instance.processes.empty());
}

TEST_CASE("a block that raises in one process lets its wave end, and with it the process") {
    for (const bool allow : {false, true}) {
        ProjectBuilder builder = one_process();
        builder.block("bad").fails().block("good").block("below_bad", {"bad"}).block("below_good", {"good"});
        Stage stage(builder.build());
        const ScheduleId hook = stage.add_schedule("whole", ScheduleType::api);
        if (allow) stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
        const RunId run = stage.trigger(hook);
        stage.run_until(kStart + Duration::seconds(9));
        CHECK(stage.blocks(run) == "bad failed, good completed, below_bad initial, below_good initial");
        CHECK(stage.block(run, "bad").metrics.json() == "null");
        CHECK(stage.instance.processes.empty());
        stage.run_until(kStart + Duration::seconds(19));
        CHECK(stage.blocks(run) == (allow
                                        ? "bad failed, good completed, below_bad upstream_failed, below_good completed"
                                        : "bad failed, good completed, below_bad cancelled, below_good cancelled"));
        stage.run_until(kStart + Duration::seconds(21));
        CHECK(stage.run(run).status == RunStatus::failed);
    }
}

TEST_CASE("a cancelled run in one process stops at once") {
    ProjectBuilder builder = one_process();
    builder.block("a").lasts(Duration::hours(1)).block("b", {"a"});
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("whole", ScheduleType::api));
    stage.advance(Duration::seconds(5));
    cancel_run(stage.instance, run);
    CHECK(stage.instance.jobs.running() == 0);
    CHECK(stage.instance.processes.empty());
    stage.advance(Duration::hours(2));
    CHECK(stage.blocks(run) == "a cancelled, b cancelled");
}

TEST_CASE("an integration pipeline makes its streams at the start, and runs them block by block") {
    for (const bool fails : {false, true}) {
        ProjectBuilder builder;
        builder.pipeline("sync", "integration").block("source").block("shape", {"source"});
        if (fails) builder.fails();
        builder.block("destination", {"shape"});
        Stage stage(builder.build());
        const ScheduleId hook = stage.add_schedule("sync", ScheduleType::api);
        stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
        const RunId run = stage.trigger(hook);
        CHECK(stage.blocks(run).empty());
        stage.run_until(kStart + Duration::milliseconds(1500));
        CHECK(stage.blocks(run) == "source:stream:0 completed, shape:stream:0 running, destination:stream:0 initial");
        stage.run_until(kStart + Duration::seconds(12));
        CHECK(stage.blocks(run) ==
              (fails ? "source:stream:0 completed, shape:stream:0 failed, destination:stream:0 upstream_failed"
                     : "source:stream:0 completed, shape:stream:0 completed, destination:stream:0 completed"));
        CHECK(stage.run(run).status == (fails ? RunStatus::failed : RunStatus::completed));
    }
}

namespace {

// A stream of one source and one sink; `sink` says how the sink's attempts end.
ProjectBuilder stream(std::string_view sink) {
    ProjectBuilder builder;
    builder.pipeline("stream", "streaming").block("source", {}, "data_loader");
    builder.block("sink", {"source"}, "data_exporter").attempts(sink).lasts(Duration::seconds(3));
    return builder;
}

int processes_of(const Instance& instance) {
    int begun = 0;
    for (std::uint64_t i = instance.notes.begin(); i < instance.notes.end(); ++i)
        begun += instance.notes[i].kind == NoteKind::process_began;
    return begun;
}

}  // namespace

TEST_CASE("a streaming run has one process, which never ends while nothing raises", "[row 13][lifecycle 10.3]") {
    Stage stage(stream("o").build());
    const RunId run = stage.trigger(stage.add_schedule("stream", ScheduleType::api));
    stage.advance(Duration::hours(1));
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK(stage.blocks(run).empty());
    CHECK(stage.instance.jobs.alive() == 1);
    CHECK(processes_of(stage.instance) == 1);
}

TEST_CASE("a stream whose process raises is started again by the next tick, for ever", "[lifecycle 10.3]") {
    Stage stage(stream("f").build());
    const RunId run = stage.trigger(stage.add_schedule("stream", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(5));
    CHECK(stage.instance.jobs.alive() == 0);
    stage.run_until(kStart + Duration::seconds(105));
    CHECK(processes_of(stage.instance) == 11);
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK_FALSE(stage.run(run).completed_at);

    Stage mended(stream("ffo").build());  // attempts go on from one process to the next
    mended.trigger(mended.add_schedule("stream", ScheduleType::api));
    mended.run_until(kStart + Duration::seconds(105));
    CHECK(processes_of(mended.instance) == 3);
}

TEST_CASE("with retry_config a stream tries again by itself, and its run fails in the end", "[lifecycle 10.3]") {
    struct Case {
        std::string_view attempts;
        RunStatus status;
        int seconds;  // after which it is there
    };
    const Case cases[] = {{"f", RunStatus::failed, 3 + 5 + 3 + 10 + 3}, {"ffo", RunStatus::running, 3'600}};
    for (const Case& each : cases) {
        INFO(each.attempts);
        ProjectBuilder builder = stream(each.attempts);
        builder.with_pipeline([](Pipeline& pipeline) { pipeline.retry = RetryConfig{.retries = 2}; });
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("stream", ScheduleType::api));
        stage.run_until(kStart + Duration::seconds(each.seconds));
        CHECK(stage.run(run).status == RunStatus::running);
        stage.advance(Duration::seconds(1));
        CHECK(stage.run(run).status == each.status);
        CHECK(stage.run(run).completed_at.has_value() == (each.status == RunStatus::failed));
        if (each.status == RunStatus::failed)
            CHECK(why(stage.instance, run) == "failed at 00:00:24: its process raised in attempt 3, the last one");
        CHECK(processes_of(stage.instance) == 1);
        CHECK(stage.instance.processes.size() == (each.status == RunStatus::failed ? 0 : 1));
    }
}

TEST_CASE("a streaming pipeline of the wrong shape raises at once, time and again", "[lifecycle 10.3]") {
    ProjectBuilder two_sources;
    two_sources.pipeline("stream", "streaming").block("a", {}, "data_loader").block("b", {}, "data_loader");
    two_sources.block("sink", {"a"}, "data_exporter");
    ProjectBuilder two_ways;
    two_ways.pipeline("stream", "streaming").block("a", {}, "data_loader").block("t", {"a"}).block("u", {"a"});
    two_ways.block("sink", {"t", "u"}, "data_exporter");
    for (const ProjectBuilder& each : {two_sources, two_ways}) {
        ProjectBuilder builder = each;
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("stream", ScheduleType::api));
        stage.run_until(kStart + Duration::seconds(35));
        CHECK(processes_of(stage.instance) == 4);
        CHECK(stage.instance.jobs.alive() == 0);
        CHECK(stage.run(run).status == RunStatus::running);
    }
}

TEST_CASE("a process for a whole run writes the pipeline's executor type to the run", "[lifecycle 1.10]") {
    ProjectBuilder builder = one_process();
    builder.with_pipeline([](Pipeline& pipeline) { pipeline.executor_type = "k8s"; }).block("a");
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("whole", ScheduleType::api));
    CHECK(stage.instance.store.symbols.text(stage.run(run).executor_type) == "local_python");
    stage.advance(Duration::seconds(1));
    CHECK(stage.instance.store.symbols.text(stage.run(run).executor_type) == "k8s");
}

TEST_CASE("a block whose worker died is found at the next tick and run again", "[lifecycle 2.5]") {
    Options options = Stage::default_options();
    options.faults.planned = {{FaultKind::workers_die, kStart + Duration::seconds(5), {}, {}}};
    Stage stage(ProjectBuilder().pipeline("p").block("a").lasts(Duration::seconds(12)).block("b", {"a"}).build(),
                options);
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(9));
    CHECK(stage.blocks(run) == "a running, b initial");
    CHECK(stage.instance.jobs.alive() == 0);
    CHECK(why(stage.instance, stage.block(run, "a").id) ==
          "runs since 00:00:00: its process is dead, which crash recovery will find; next tick 00:00:10");
    const MaybeInstant started = stage.block(run, "a").dates.started_at();
    stage.run_until(kStart + Duration::seconds(10));
    CHECK(stage.blocks(run) == "a queued, b initial");
    stage.run_until(kStart + Duration::seconds(60));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.block(run, "a").dates.started_at() == started);  // its metrics were NULL (lifecycle.md 2.1 B2)
    CHECK(stage.history(Subject::block_run, 1) == "initial queued running initial queued running completed");
    const std::string log = log_text(stage.instance, scheduler_log(stage.instance, stage.run(run)));
    CHECK(log.find("is dead for job block_run_1") != std::string::npos);
}

TEST_CASE("workers that die by chance do not stop a run for good") {
    Options options = Stage::default_options();
    options.faults.worker_dies_ppm = 500'000;
    Stage stage(ProjectBuilder().pipeline("p").block("a").block("b", {"a"}).build(), options);
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.advance(Duration::minutes(30));
    CHECK(stage.run(run).status == RunStatus::completed);
    Stage sound(ProjectBuilder().pipeline("p").block("a").block("b", {"a"}).build());
    CHECK(sound.instance.fault_stream.state() != stage.instance.fault_stream.state());
}

TEST_CASE("a lost job stays queued until another one is queued", "[lifecycle 3.8]") {
    Options options = Stage::default_options();
    options.faults.planned = {{FaultKind::job_lost, kStart + Duration::seconds(15), {}, {}}};
    Stage stage(ProjectBuilder().pipeline("p").block("a").block("b", {"a"}).build(), options);
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    stage.run_until(kStart + Duration::minutes(10));
    CHECK(stage.blocks(run) == "a completed, b completed");  // the fault came between: the tick at 10 s had queued `b`
    const RunId second = stage.trigger(hook);
    stage.advance(Duration::minutes(10));
    CHECK(stage.blocks(second) == "a queued, b initial");
    CHECK(why(stage.instance, stage.block(second, "a").id).find("its job is lost until another job is queued") !=
          std::string::npos);
    const RunId third = stage.trigger(hook);
    stage.advance(Duration::seconds(15));
    CHECK(stage.block(second, "a").status == BlockRunStatus::completed);
    CHECK(stage.block(third, "a").status == BlockRunStatus::completed);
}

TEST_CASE("a stopped scheduler makes no ticks and forgets its queue, and catches up afterwards") {
    Options options = Stage::default_options();
    options.faults.planned = {{FaultKind::scheduler_stops, kStart + Duration::seconds(5), Duration::seconds(57), {}}};
    Stage stage(ProjectBuilder().pipeline("p").block("a").lasts(Duration::seconds(7)).build(), options);
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    stage.run_until(kStart + Duration::seconds(20));
    CHECK(stage.blocks(run) == "a running");
    const RunId second = stage.trigger(hook);
    CHECK(why(stage.instance, second) == "waits for the scheduler, which starts it in a tick; next tick 00:01:10");
    stage.run_until(kStart + Duration::seconds(69));
    CHECK(stage.run(second).status == RunStatus::initial);
    stage.run_until(kStart + Duration::seconds(90));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.run(second).status == RunStatus::completed);
}

TEST_CASE("faults of the server are there for their time") {
    Options options = Stage::default_options();
    options.faults.planned = {
        {FaultKind::server_late, kStart + Duration::seconds(5), Duration::seconds(5), Duration::seconds(2)}};
    Stage stage(ProjectBuilder().pipeline("p").build(), options);
    const bool expected[] = {false, true, true, false};
    const int seconds[] = {4, 5, 9, 10};
    for (int i = 0; i < 4; ++i) {
        stage.run_until(kStart + Duration::seconds(seconds[i]));
        stage.instance.now = kStart + Duration::seconds(seconds[i]);
        CHECK((server_fault(stage.instance) != nullptr) == expected[i]);
    }
}
