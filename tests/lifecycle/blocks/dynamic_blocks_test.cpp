#include "lifecycle/runs/retry_by_user.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

// load -> child -> child that reduces -> export, as in lifecycle.md 2.10's trace.
ProjectBuilder fan(std::int64_t items) {
    ProjectBuilder builder;
    builder.pipeline("fan").block("load", {}, "data_loader").dynamic(items);
    builder.block("each", {"load"}).block("sum", {"each"}).reduces().block("export", {"sum"}, "data_exporter");
    return builder;
}

}  // namespace

TEST_CASE("the tick-by-tick trace of a dynamic pipeline", "[row 93][row 94][row 95][row 97][lifecycle 2.10]") {
    Stage stage(fan(3).build());
    const RunId run = stage.trigger(stage.add_schedule("fan", ScheduleType::api));
    const char* const rows[] = {
        "load completed, each initial, sum initial, export initial",
        "load completed, each completed, sum initial, export initial, each:0 initial, each:1 initial, each:2 initial",
        "load completed, each completed, sum initial, export initial, each:0 completed, each:1 completed, each:2 "
        "completed",
        "load completed, each completed, sum completed, export initial, each:0 completed, each:1 completed, each:2 "
        "completed, "
        "sum:0 initial, sum:1 initial, sum:2 initial",
        "load completed, each completed, sum completed, export initial, each:0 completed, each:1 completed, each:2 "
        "completed, "
        "sum:0 completed, sum:1 completed, sum:2 completed",
        "load completed, each completed, sum completed, export completed, each:0 completed, each:1 completed, each:2 "
        "completed, "
        "sum:0 completed, sum:1 completed, sum:2 completed",
    };
    for (const char* row : rows) {
        stage.advance(Duration::seconds(9));
        CHECK(stage.blocks(run) == row);
        CHECK(stage.run(run).status == RunStatus::running);
        stage.advance(Duration::seconds(1) - Duration::microseconds(500));
    }
    stage.advance(Duration::seconds(9));
    CHECK(stage.run(run).status == RunStatus::completed);

    CHECK(stage.block(run, "load").metrics.json() == R"({"metadata": {"flags": ["dynamic"]}})");
    CHECK(stage.block(run, "each").metrics.json() == R"({"metadata": {"flags": ["dynamic_child", "original"]}})");
    CHECK(stage.block(run, "sum").metrics.json() == R"({"metadata": {"flags": ["dynamic_child", "reduce_output"]}})");
    CHECK(stage.block(run, "export").metrics.json() == "{}");
    CHECK(stage.block(run, "each:1").metrics.json() ==
          R"({"dynamic_block_index": 1, "dynamic_upstream_block_uuids": []})");
    CHECK(stage.block(run, "sum:2").metrics.json() ==
          R"({"dynamic_block_index": 2, "dynamic_upstream_block_uuids": ["each:2"]})");
}

TEST_CASE("two dynamic upstream blocks multiply") {
    ProjectBuilder builder;
    builder.pipeline("product")
        .block("two")
        .dynamic(2)
        .block("three")
        .dynamic(3)
        .block("each", {"two", "three"})
        .block("last", {"each"});
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("product", ScheduleType::api));
    stage.advance(Duration::seconds(25));
    CHECK(stage.instance.store.block_runs_count(run) == 4 + 6);
    CHECK(stage.block(run, "each:5").metrics.json() ==
          R"({"dynamic_block_index": 5, "dynamic_upstream_block_uuids": []})");
    stage.advance(Duration::minutes(2));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.instance.store.block_runs_count(run) == 4 + 6 + 6);  // `last` does not stand below a reducing block
    CHECK(stage.block(run, "last:4").metrics.json() ==
          R"({"dynamic_block_index": 4, "dynamic_upstream_block_uuids": ["each:4"]})");
}

TEST_CASE("without items a controller looks 12 times, ten seconds apart, and makes one child") {
    Stage stage(fan(0).build());
    const RunId run = stage.trigger(stage.add_schedule("fan", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(129));
    CHECK(stage.block(run, "each").status == BlockRunStatus::running);
    CHECK(stage.instance.store.block_runs_count(run) == 4);
    stage.run_until(kStart + Duration::seconds(135));
    CHECK(stage.block(run, "each").status == BlockRunStatus::completed);
    CHECK(stage.block(run, "each:0").status == BlockRunStatus::initial);
    CHECK(stage.instance.store.block_runs_count(run) == 5);
}

TEST_CASE("a failing child fails the run; its error does not show in its metrics") {
    ProjectBuilder builder = fan(2);
    builder.with_pipeline([](Pipeline& pipeline) { pipeline.blocks[1].model.attempts = {AttemptOutcome::fail}; });
    for (const bool allow : {false, true}) {
        Stage stage(builder.build());
        const ScheduleId hook = stage.add_schedule("fan", ScheduleType::api);
        if (allow) stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
        const RunId run = stage.trigger(hook);
        stage.advance(Duration::minutes(2));
        CHECK(stage.run(run).status == RunStatus::failed);
        CHECK(stage.run(run).completed_at.has_value() == allow);
        CHECK(stage.block(run, "each").status == BlockRunStatus::completed);
        CHECK(stage.block(run, "each:0").status == BlockRunStatus::failed);
        CHECK(stage.block(run, "each:0").metrics.json() ==
              R"({"dynamic_block_index": 0, "dynamic_upstream_block_uuids": []})");
        CHECK(stage.block(run, "export").status ==
              (allow ? BlockRunStatus::upstream_failed : BlockRunStatus::cancelled));
    }
}

TEST_CASE("a retry from a dynamic child puts its children back too, and makes none twice") {
    Stage stage(fan(2).build());
    const RunId run = stage.trigger(stage.add_schedule("fan", ScheduleType::api));
    stage.advance(Duration::minutes(2));
    REQUIRE(stage.run(run).status == RunStatus::completed);
    const auto count = stage.instance.store.block_runs_count(run);
    REQUIRE(retry_blocks(stage.instance, run, "each").ok());
    CHECK(stage.block(run, "load").status == BlockRunStatus::completed);
    CHECK(stage.block(run, "each:1").status == BlockRunStatus::initial);
    stage.advance(Duration::minutes(2));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.instance.store.block_runs_count(run) == count);
}
