#include "lifecycle/runs/step_run.hpp"
#include "lifecycle/logs/logs.hpp"
#include "lifecycle/rows/latest_runs.hpp"
#include "lifecycle/rows/run_variables.hpp"
#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/delete_run.hpp"
#include "lifecycle/runs/start_run.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// The fixture of the real server's tests: block1 above block2 and block3, those above block4.
std::shared_ptr<const Project> diamond() {
    return ProjectBuilder()
        .pipeline("diamond")
        .block("block1", {}, "data_loader")
        .block("block2", {"block1"})
        .block("block3", {"block1"})
        .block("block4", {"block2", "block3"}, "data_exporter")
        .build();
}

void set_block(Stage& stage, RunId run, const char* uuid, BlockRunStatus status) {
    set_status(stage.instance, stage.block(run, uuid).id, status, {});
}

}  // namespace

TEST_CASE("a start makes the run running and steps it once", "[row 1]") {
    Stage stage(diamond());
    const RunId run = stage.trigger(stage.add_schedule("diamond", ScheduleType::api));
    start_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::running);
    CHECK(stage.blocks(run) == "block1 queued, block2 initial, block3 initial, block4 initial");
    const Run before = stage.run(run);
    start_run(stage.instance, run);  // running already: nothing
    CHECK(stage.run(run) == before);
}

TEST_CASE("a step does not ask for a running run", "[row 4]") {
    Stage stage(diamond());
    const RunId run = stage.trigger(stage.add_schedule("diamond", ScheduleType::time, "@once"));
    step_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::initial);
    CHECK(stage.blocks(run) == "block1 queued, block2 initial, block3 initial, block4 initial");
    CHECK(stage.instance.jobs.alive() == 1);
}

TEST_CASE("a running run whose block runs are completed is completed by a step", "[row 5]") {
    Stage stage(diamond());
    const RunId run = stage.add_run(stage.add_schedule("diamond", ScheduleType::api), kStart, RunStatus::running);
    for (const char* uuid : {"block1", "block2", "block3", "block4"})
        set_block(stage, run, uuid, BlockRunStatus::completed);
    step_run(stage.instance, run);
    CHECK(stage.run(run).status == RunStatus::completed);
}

TEST_CASE("landing time starts the run early enough, by the runs before", "[row 9][row 10]") {
    for (const bool with_history : {false, true}) {
        Options options = Stage::default_options();
        options.start = at(2023, 10, 11, 12, 13, 14);
        Stage stage(diamond(), options);
        const ScheduleId id = stage.add_schedule("diamond", ScheduleType::time, "@hourly");
        write(stage.instance, id, [](Schedule& row) {
            row.start_time = at(2023, 10, 10, 13, 13, 20);
            row.settings = json::Text(R"({"landing_time_enabled": true})");
        });
        if (with_history) {
            stage.add_run(id, at(2023, 10, 30), RunStatus::failed);
            for (const int day : {20, 10}) {
                const RunId run = stage.add_run(id, at(2022, 10, day), RunStatus::completed);
                stage.instance.store.update(run, [&](Run& row) {
                    row.created_at = at(2022, 10, day, 12, 13, 14);
                    row.completed_at = at(2022, 10, day, 12, 13, 15);
                    if (day == 20) row.metrics = json::Text(R"({"previous_runtimes": [2, 3, 4, 5, 6, 7, 8]})");
                });
            }
        }
        stage.instance.now = options.start;
        stage.step();
        const auto& running = stage.instance.store.running_runs();
        REQUIRE(running.size() == 1);
        CHECK(stage.run(running[0]).execution_date == MaybeInstant(at(2023, 10, 11, 12, 13, 20)));
        CHECK(stage.run(running[0]).metrics.json() ==
              (with_history ? R"({"previous_runtimes": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]})" : "null"));
    }
}

TEST_CASE("of each execution date the run that started last counts", "[row 35]") {
    Stage stage(diamond());
    const ScheduleId id = stage.add_schedule("diamond", ScheduleType::api);
    for (int date = 1; date <= 3; ++date) {
        for (int retry = 0; retry < 4; ++retry) {
            const RunId run =
                stage.add_run(id, at(2025, 1, date), retry == 3 ? RunStatus::completed : RunStatus::failed);
            stage.instance.store.update(run, [&](Run& row) { row.started_at = kStart + Duration::minutes(retry); });
        }
    }
    CHECK(all_latest_runs_completed(stage.instance.store, id));
    CHECK_FALSE(any_latest_run_failed(stage.instance.store, id));
    stage.instance.store.update(RunId{5}, [](Run& row) { row.started_at = kStart + Duration::hours(1); });
    CHECK_FALSE(all_latest_runs_completed(stage.instance.store, id));
    CHECK(any_latest_run_failed(stage.instance.store, id));
}

TEST_CASE("what is executable as blocks complete one by one", "[row 55]") {
    Stage stage(diamond());
    const RunId run = stage.add_run(stage.add_schedule("diamond", ScheduleType::api), kStart, RunStatus::running);
    struct Step {
        const char* completed;
        const char* blocks;
    };
    const Step steps[] = {
        {nullptr, "block1 queued, block2 initial, block3 initial, block4 initial"},
        {"block1", "block1 completed, block2 queued, block3 queued, block4 initial"},
        {"block2", "block1 completed, block2 completed, block3 queued, block4 initial"},
        {"block3", "block1 completed, block2 completed, block3 completed, block4 queued"},
    };
    for (const Step& each : steps) {
        if (each.completed) set_block(stage, run, each.completed, BlockRunStatus::completed);
        step_run(stage.instance, run);
        CHECK(stage.blocks(run) == each.blocks);
    }
}

TEST_CASE("partitions and log files", "[row 59][row 60][row 61][row 65]") {
    Stage stage(diamond());
    const ScheduleId id = stage.add_schedule("diamond", ScheduleType::api);
    const RunId run = stage.add_run(id, at(2024, 5, 6, 7, 8, 9, 10));
    CHECK(execution_partition(stage.run(run)) == "1/20240506T070809");
    CHECK(scheduler_log_path(stage.instance, stage.run(run))
              .ends_with("/pipelines/diamond/.logs/1/20240506T070809/scheduler.log"));
    CHECK(block_log_path(stage.instance, stage.block(run, "block2")).ends_with("/.logs/1/20240506T070809/block2.log"));
    write(stage.instance, run, [&](Run& row) {
        row.variables = json::Text::of(configured_variables(stage.schedule(id), {}, *row.execution_date));
    });
    CHECK(execution_partition(stage.run(run)) == "1/20240506T070809_000010");
    write(stage.instance, run, [](Run& row) { row.variables = json::Text(R"({"execution_partition": ""})"); });
    CHECK(execution_partition(stage.run(run)) == "1/20240506T070809");
    stage.instance.store.update(run, [](Run& row) { row.execution_date = {}; });
    CHECK(execution_partition(stage.run(run)) == "1");
}

TEST_CASE("a tick makes and starts due runs once, and steps those that run", "[row 84]") {
    Options options = Stage::default_options();
    options.start = at(2024, 1, 1, 12, 13, 14);
    Stage stage(diamond(), options);
    const ScheduleId first = stage.add_schedule("diamond", ScheduleType::time, "@hourly");
    const ScheduleId second = stage.add_schedule("diamond", ScheduleType::time, "@hourly");
    stage.step();
    CHECK(stage.runs_of(first).size() == 1);
    CHECK(stage.runs_of(second).size() == 1);
    CHECK(stage.instance.store.running_runs().size() == 2);
    stage.advance(Duration::minutes(30));
    CHECK(stage.runs_of(first).size() == 1);
    CHECK(stage.runs_of(second).size() == 1);
    CHECK(stage.instance.store.running_runs().empty());
}

TEST_CASE("a tick with nothing to do leaves all but the clock alone, for as long as that stays so") {
    Stage stage(diamond());
    stage.add_schedule("diamond", ScheduleType::time, "0 6 * * *");
    const ScheduleId daily = stage.add_schedule("diamond", ScheduleType::time, "@daily");
    stage.add_schedule("diamond", ScheduleType::api);
    stage.advance(Duration::minutes(10));
    const auto revision = stage.instance.store.revision();
    stage.run_until(kStart + Duration::hours(6) - Duration::seconds(10));
    CHECK(stage.instance.store.revision() == revision);
    stage.run_until(kStart + Duration::hours(6) + Duration::seconds(10));
    CHECK(stage.instance.store.runs().size() == 3);
    stage.run_until(kStart + Duration::hours(24));
    CHECK(stage.runs_of(daily).size() == 2);
    // A run that goes away makes its period due again.
    delete_run(stage.instance, stage.runs_of(daily)[1]);
    stage.advance(Duration::seconds(10));
    CHECK(stage.runs_of(daily).size() == 2);
    stage.run_until(kStart + Duration::hours(30));
    CHECK(stage.instance.store.runs().size() == 5);
}
