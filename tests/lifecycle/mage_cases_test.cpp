#include "lifecycle/blocks/block_variables.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/cancel_run.hpp"
#include "lifecycle/runs/step_run.hpp"
#include "lifecycle/scheduler/scheduler.hpp"
#include "lifecycle/scheduler/sla.hpp"
#include "lifecycle/scheduler/tick.hpp"
#include "lifecycle/schedules/due_cache.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

// Rows of lifecycle.md 13 that no other test asserts on its way (docs/lifecycle-tests.md).

namespace {

// Two pipelines: "plain" of four blocks, with a dynamic one between, and "sync", an integration.
std::shared_ptr<const Project> two_pipelines() {
    return ProjectBuilder()
        .pipeline("plain")
        .block("block1", {}, "data_loader")
        .block("block2", {"block1"})
        .dynamic(2)
        .block("block3", {"block1"})
        .block("notes", {}, "markdown")
        .pipeline("sync", "integration")
        .block("source", {}, "data_loader")
        .build();
}

Options starting(Instant start) {
    Options options;
    options.start = start;
    return options;
}

}  // namespace

TEST_CASE("one tick makes and starts one run for each due trigger, of an integration pipeline too", "[row 8]") {
    Stage stage(two_pipelines(), starting(at(2023, 10, 11, 12, 13, 14)));
    for (const char* pipeline : {"sync", "plain"}) {
        const ScheduleId id = stage.add_schedule(pipeline, ScheduleType::time, "@hourly");
        write(stage.instance, id, [](Schedule& row) { row.start_time = at(2023, 10, 10); });
    }
    stage.step();
    for (const ScheduleId id : {ScheduleId{1}, ScheduleId{2}}) {
        REQUIRE(stage.runs_of(id).size() == 1);
        CHECK(stage.run(stage.runs_of(id)[0]).status == RunStatus::running);
        CHECK(stage.run(stage.runs_of(id)[0]).execution_date == MaybeInstant(at(2023, 10, 11, 12)));
    }
}

TEST_CASE("the end of a block completes it, keeps its metrics, and waits for the tick to step its run",
          "[row 18][row 19][row 20][row 21]") {
    Stage stage(two_pipelines());
    const RunId run = stage.trigger(stage.add_schedule("plain", ScheduleType::api));
    stage.instance.store.update(stage.block(run, "block1").id,
                                [](BlockRun& row) { row.metrics = json::Text(R"({"mage": 1})"); });
    stage.run_until(kStart + Duration::seconds(9));
    CHECK(stage.block(run, "block1").status == BlockRunStatus::completed);
    CHECK(stage.block(run, "block1").metrics.json() == R"({"mage": 1})");
    CHECK(stage.block(run, "block3").status == BlockRunStatus::initial);  // nobody stepped the run
    stage.run_until(kStart + Duration::seconds(15));
    CHECK(stage.block(run, "block3").status == BlockRunStatus::completed);
    CHECK(stage.block(run, "block3").metrics.json() == "{}");
}

TEST_CASE("only active triggers are looked at, those of one pipeline together", "[row 40]") {
    Stage stage(two_pipelines());
    const ScheduleId first = stage.add_schedule("sync", ScheduleType::api);
    stage.add_schedule("sync", ScheduleType::api, {}, ScheduleStatus::inactive);
    const ScheduleId second = stage.add_schedule("plain", ScheduleType::api);
    stage.add_schedule("plain", ScheduleType::api, {}, ScheduleStatus::inactive);
    const ScheduleId third = stage.add_schedule("sync", ScheduleType::api);
    stage.add_schedule("gone", ScheduleType::api);
    const auto& groups = active_schedules(stage.instance);
    const auto ids_of = [](const ScheduleGroup& group) {
        std::vector<ScheduleId> ids;
        for (const ActiveSchedule& schedule : group.schedules) ids.push_back(schedule.id);
        return ids;
    };
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].pipeline->pipeline->uuid == "sync");
    CHECK(ids_of(groups[0]) == std::vector{first, third});
    CHECK(groups[1].pipeline->pipeline->uuid == "plain");
    CHECK(ids_of(groups[1]) == std::vector{second});
}

TEST_CASE("a run has as many block runs as its pipeline has blocks that can be executed", "[row 54]") {
    Stage stage(two_pipelines());
    const RunId run = stage.trigger(stage.add_schedule("plain", ScheduleType::api));
    CHECK(stage.instance.store.block_runs_count(run) == 3);
    CHECK(stage.blocks(run) == "block1 initial, block2 initial, block3 initial");
}

TEST_CASE("a dynamic block is executable as any other", "[row 57]") {
    Stage stage(two_pipelines());
    const RunId run = stage.add_run(stage.add_schedule("plain", ScheduleType::api), kStart, RunStatus::running);
    step_run(stage.instance, run);
    CHECK(stage.blocks(run) == "block1 queued, block2 initial, block3 initial");
    set_status(stage.instance, stage.block(run, "block1").id, BlockRunStatus::completed, {});
    step_run(stage.instance, run);
    CHECK(stage.blocks(run) == "block1 completed, block2 queued, block3 queued");
}

TEST_CASE("of the runs of all pipelines those are active that are running", "[row 62][row 63]") {
    Stage stage(two_pipelines());
    std::vector<RunId> running;
    for (const char* pipeline : {"plain", "sync"}) {
        const ScheduleId id = stage.add_schedule(pipeline, ScheduleType::api);
        running.push_back(stage.add_run(id, kStart, RunStatus::running));
        stage.add_run(id, kStart);
        running.push_back(stage.add_run(id, kStart, RunStatus::running));
        CHECK(stage.instance.store.running_count(id) == 2);
    }
    CHECK(stage.instance.store.running_runs() == running);
}

TEST_CASE("the variables of a run begin with those of its pipeline, as the file has them now", "[row 70]") {
    Stage stage(ProjectBuilder().pipeline("p").variables(R"({"region": "eu", "day": 1})").build());
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId run = stage.add_run(hook, kStart);
    write(stage.instance, run, [](Run& row) { row.variables = json::Text(R"({"day": 2})"); });
    const json::Object variables = get_variables(stage.instance, stage.run(run));
    CHECK(*variables.find("region")->string() == "eu");
    CHECK(*variables.find("day")->integer() == 2);
}

TEST_CASE("one pass of the loop schedules first, and then looks at SLAs", "[row 76]") {
    Stage stage(two_pipelines());
    const ScheduleId id = stage.add_schedule("plain", ScheduleType::time, "@daily");
    write(stage.instance, id, [](Schedule& row) { row.sla = 60; });
    stage.instance.now = kStart + Duration::minutes(5);
    tick(stage.instance);
    const std::vector<RunId> runs = stage.runs_of(id);
    REQUIRE(runs.size() == 1);  // made by this very pass, for midnight, and so over its SLA already
    CHECK(stage.run(runs[0]).status == RunStatus::running);
    CHECK(stage.run(runs[0]).passed_sla);
}

TEST_CASE("SLAs are those of active triggers, of whichever pipeline", "[row 83]") {
    Stage stage(two_pipelines(), starting(at(2023, 5, 1, 1, 20, 33)));
    std::vector<RunId> runs;
    for (const auto& [pipeline, status] :
         {std::pair("plain", ScheduleStatus::active), std::pair("sync", ScheduleStatus::active),
          std::pair("plain", ScheduleStatus::inactive)}) {
        const ScheduleId id = stage.add_schedule(pipeline, ScheduleType::api, {}, status);
        write(stage.instance, id, [](Schedule& row) { row.sla = 600; });
        runs.push_back(stage.add_run(id, at(2023, 5, 1), RunStatus::running));
    }
    check_sla(stage.instance);
    CHECK(stage.run(runs[0]).passed_sla);
    CHECK(stage.run(runs[1]).passed_sla);
    CHECK_FALSE(stage.run(runs[2]).passed_sla);
}

TEST_CASE("a job is named by its kind and row, enqueued once while it lives, and gone when it is killed", "[row 85]") {
    Stage stage(two_pipelines());
    const RunId run = stage.trigger(stage.add_schedule("plain", ScheduleType::api));
    const BlockRunId block = stage.block(run, "block1").id;
    step_run(stage.instance, run);
    const JobQueue& jobs = stage.instance.jobs;
    CHECK(jobs.alive() == 1);
    CHECK(jobs.find(block) != JobQueue::kNone);
    CHECK(jobs.find(run) == JobQueue::kNone);
    step_run(stage.instance, run);
    CHECK(jobs.alive() == 1);
    stage.instance.store.update(run, [](Run& row) { row.status = RunStatus::running; });
    stage.run_until(kStart + Duration::milliseconds(500));
    CHECK(stage.block(run, "block1").status == BlockRunStatus::running);
    cancel_run(stage.instance, run);
    CHECK(jobs.find(block) == JobQueue::kNone);
}
