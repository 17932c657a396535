#include "lifecycle/logs/logs.hpp"
#include "json/parse.hpp"
#include "lifecycle/rows/create_run.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::string messages(const std::vector<LogLine>& lines) {
    std::string text;
    for (const LogLine& line : lines)
        text += std::to_string((line.at - kStart).us / 1'000'000) + " " + std::string(name_of(line.level)) + " " +
                line.message + "\n";
    return text;
}

}  // namespace

TEST_CASE("what the logs of a run say", "[row 91][lifecycle 12.3]") {
    const auto project = ProjectBuilder()
                             .pipeline("p1")
                             .block("load", {}, "data_loader")
                             .callback("tell")
                             .block("wobble", {"load"})
                             .attempts("ff")
                             .retries(1)
                             .build();
    Stage stage(project);
    const RunId run = stage.trigger(stage.add_schedule("p1", ScheduleType::api));
    stage.advance(Duration::seconds(35));
    REQUIRE(stage.run(run).status == RunStatus::failed);
    CHECK(messages(scheduler_log(stage.instance, stage.run(run))) ==
          "0 INFO Pipeline p1 for run 1 in schedule 1 is alive.\n"
          "0 INFO Pipeline p1 for run 1 in schedule 1 is alive.\n"
          "0 INFO Execute PipelineRun 1, BlockRun 1: pipeline p1 block load\n"
          "1 INFO BlockRun 1 (block_uuid: load) completes.\n"
          "10 INFO Pipeline p1 for run 1 in schedule 1 is alive.\n"
          "10 INFO Execute PipelineRun 1, BlockRun 2: pipeline p1 block wobble\n"
          "17 EXCEPTION BlockRun 2 (block_uuid: wobble) failed.\n"
          "20 INFO Pipeline p1 for run 1 in schedule 1 is alive.\n");
    CHECK(messages(block_log(stage.instance, stage.block(run, "load"))) ==
          "0 INFO Start executing block with BlockExecutor.\n"
          "1 INFO Finish executing block with BlockExecutor.\n"
          "1 INFO Callback block tell ran for block load (success).\n");
    const std::string wobble = messages(block_log(stage.instance, stage.block(run, "wobble")));
    CHECK(
        wobble.starts_with("10 INFO Start executing block with BlockExecutor.\n11 WARNING Exception thrown when "
                           "attempting to run <function "));
    CHECK(wobble.find("attempt 1 of 2\n17 WARNING") != std::string::npos);
    CHECK(wobble.ends_with("attempt 2 of 2\n17 EXCEPTION Failed to execute block wobble\n"));
}

TEST_CASE("a line of a log file", "[lifecycle 12.2]") {
    Stage stage(
        ProjectBuilder().pipeline("p1").block("load", {}, "data_loader").block("bad", {"load"}).fails().build());
    const RunId run = stage.trigger(stage.add_schedule("p1", ScheduleType::api));
    stage.advance(Duration::seconds(15));
    const std::string text = log_text(stage.instance, block_log(stage.instance, stage.block(run, "load")));
    CHECK(text.starts_with(
        R"(2026-01-01T00:00:00 {"block_run_id": 1, "block_uuid": "load", "pipeline_run_id": 1, "pipeline_schedule_id": 1, "pipeline_uuid": "p1", )"
        R"("block_type": "data_loader", "level": "INFO", "message": "Start executing block with BlockExecutor.", "timestamp": 1767225600.)"));
    CHECK(text == log_text(stage.instance, block_log(stage.instance, stage.block(run, "load"))));
    const std::string bad = log_text(stage.instance, block_log(stage.instance, stage.block(run, "bad")));
    CHECK(bad.find(R"("error_stacktrace": "boom"})") != std::string::npos);
    CHECK(bad.ends_with("\nValueError: boom\n"));
    CHECK(scheduler_log_path(stage.instance, stage.run(run))
              .starts_with("/home/src/test/pipelines/p1/.logs/1/20260101T000000_"));
    CHECK(block_log_path(stage.instance, stage.block(run, "load")).ends_with("/load.log"));
}

TEST_CASE("conditions, sensors, timeouts and cancelled callbacks leave their lines") {
    const auto project = ProjectBuilder()
                             .pipeline("p")
                             .block("guarded")
                             .conditional("gate", false)
                             .block("watch", {}, "sensor")
                             .with([](Block& block) { block.model.polls = 2; })
                             .block("long")
                             .lasts(Duration::hours(1))
                             .timeout(25)
                             .block("cut")
                             .lasts(Duration::hours(1))
                             .callback("tell")
                             .build();
    Stage stage(project);
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    stage.set_settings(hook, R"({"allow_blocks_to_fail": true, "timeout": 100})");
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::seconds(95));
    CHECK(messages(block_log(stage.instance, stage.block(run, "guarded"))) ==
          "0 INFO Start executing block with BlockExecutor.\n"
          "0 INFO Conditional block gate evaluated as False for block guarded\n"
          "0 INFO Conditional block(s) returned false for guarded. This block run and downstream blocks will be set as "
          "CONDITION_FAILED.\n");
    CHECK(messages(block_log(stage.instance, stage.block(run, "watch")))
              .find("1 INFO Sensor sleeping for 1 minute...\n") != std::string::npos);
    CHECK(messages(block_log(stage.instance, stage.block(run, "long")))
              .ends_with("30 ERROR Block long timed out after 25 seconds\n"));
    cancel_run(stage.instance, run);
    stage.advance(Duration::seconds(20));
    CHECK(messages(block_log(stage.instance, stage.block(run, "cut")))
              .ends_with("100 INFO Callback block tell ran for block cut (cancelled).\n"));
}

TEST_CASE("runs that share a partition append to the same files", "[lifecycle 12.1]") {
    Stage stage(ProjectBuilder().pipeline("p").block("a").fails().build());
    const RunId first = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.advance(Duration::seconds(25));
    Run copy = stage.run(first);  // as a bulk retry makes it (lifecycle.md 1.2 C7)
    copy.id = {};
    copy.status = RunStatus::initial;
    copy.started_at = {};
    const RunId second = create_run(stage.instance, copy);
    const RunId other = stage.trigger(copy.pipeline_schedule_id);
    stage.advance(Duration::seconds(25));
    CHECK(scheduler_log_path(stage.instance, stage.run(first)) ==
          scheduler_log_path(stage.instance, stage.run(second)));
    const std::string file = messages(scheduler_log_file(stage.instance, stage.run(second)));
    CHECK(file == messages(scheduler_log_file(stage.instance, stage.run(first))));
    CHECK(file.find("0 INFO Execute PipelineRun 1, BlockRun 1: pipeline p block a\n") != std::string::npos);
    CHECK(file.find("30 INFO Execute PipelineRun 2, BlockRun 3: pipeline p block a\n") != std::string::npos);
    CHECK(file.find("PipelineRun 3") == std::string::npos);
    CHECK(messages(scheduler_log_file(stage.instance, stage.run(other))).find("PipelineRun 1,") == std::string::npos);
    const std::string block = log_text(stage.instance, block_log_file(stage.instance, stage.block(first, "a")));
    CHECK(block.find("\"block_run_id\": 1, \"block_uuid\": \"a\", \"pipeline_run_id\": 1") != std::string::npos);
    CHECK(block.find("\"block_run_id\": 3, \"block_uuid\": \"a\", \"pipeline_run_id\": 2") != std::string::npos);
}

TEST_CASE("while the scheduler is stopped, by a fault or by a request, no run is alive in the logs") {
    Options options = Stage::default_options();
    options.faults.planned = {{FaultKind::scheduler_stops, kStart + Duration::seconds(15), Duration::seconds(20), {}}};
    Stage stage(ProjectBuilder().pipeline("p").block("a").lasts(Duration::minutes(5)).build(), options);
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(55));
    stop_scheduler(stage.instance);
    stage.run_until(kStart + Duration::seconds(85));
    resume_scheduler(stage.instance);
    stage.run_until(kStart + Duration::seconds(101));
    std::string seconds;
    for (const LogLine& line : scheduler_log(stage.instance, stage.run(run)))
        if (line.message.find("is alive.") != std::string::npos)
            seconds += std::to_string((line.at - kStart).us / 1'000'000) + " ";
    CHECK(seconds == "0 0 10 40 50 90 100 ");
}

TEST_CASE("the log of an integration run", "[lifecycle 10.2][lifecycle 12.3]") {
    Stage stage(ProjectBuilder().pipeline("sync", "integration").block("source").build());
    const RunId run = stage.trigger(stage.add_schedule("sync", ScheduleType::api));
    stage.advance(Duration::seconds(5));
    const std::string text = messages(scheduler_log(stage.instance, stage.run(run)));
    CHECK(text.find("INFO Start executing PipelineRun 1: pipeline sync\n") != std::string::npos);
    CHECK(text.find("Start a process") == std::string::npos);
}
