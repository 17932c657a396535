#include <string>
#include <utility>

#include "lifecycle/blocks/behaviour_in_run.hpp"
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

// --- rows of docs/mage/real-projects.md, with what the real server made of them ---

namespace {

// The children of a block in a run, in row order: "z:0 z:1".
std::string children(const Stage& stage, RunId run, std::string_view block) {
    std::string text;
    for (const BlockRun& row : stage.instance.store.block_runs_of(run)) {
        const std::string_view uuid = stage.instance.store.symbols.text(row.block_uuid);
        if (!uuid.starts_with(std::string(block) + ":") ||
            row.metrics.json().find("dynamic_block_index") == std::string_view::npos)
            continue;
        if (!text.empty()) text += ' ';
        text += uuid;
    }
    return text;
}

// Which block runs above it each child of a block belongs to: "[b:0 c:0] [b:1 c:1]".
std::string parents(const Stage& stage, RunId run, std::string_view block) {
    std::string text;
    for (const BlockRun& row : stage.instance.store.block_runs_of(run)) {
        if (!stage.instance.store.symbols.text(row.block_uuid).starts_with(std::string(block) + ":")) continue;
        const json::Value metrics = row.metrics.value();
        const json::Array* taken = metrics.object()->array("dynamic_upstream_block_uuids");
        if (taken == nullptr) continue;
        text += text.empty() ? "[" : " [";
        for (const json::Value& uuid : *taken) text += (text.back() == '[' ? "" : " ") + *uuid.string();
        text += ']';
    }
    return text;
}

RunId run_to_the_end(Stage& stage) {
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.advance(Duration::minutes(5));
    CHECK(stage.run(run).status == RunStatus::completed);
    return run;
}

}  // namespace

TEST_CASE("below a dynamic child that is dynamic itself there is a child for each item of each child", "[L2]") {
    ProjectBuilder builder;
    builder.pipeline("p").block("x").dynamic(2).block("y", {"x"}).dynamic(3).block("z", {"y"}).block("zz", {"z"});
    SECTION("children times items") {
        Stage stage(builder.build());
        const RunId run = run_to_the_end(stage);
        CHECK(children(stage, run, "y") == "y:0 y:1");
        CHECK(parents(stage, run, "z") == "[y:0] [y:1] [y:0] [y:1] [y:0] [y:1]");
        CHECK(parents(stage, run, "zz") == "[z:0] [z:1] [z:2] [z:3] [z:4] [z:5]");
    }
    SECTION("each child with items of its own") {
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
        stage.advance(Duration::seconds(15));
        for (const auto& [uuid, items] : {std::pair("y:0", std::int64_t{1}), std::pair("y:1", std::int64_t{2})})
            REQUIRE(set_run_override(stage.instance, run, uuid, {.items = items}).ok());
        stage.advance(Duration::minutes(5));
        CHECK(parents(stage, run, "z") == "[y:0] [y:1] [y:0]");
    }
    SECTION("times the items of another dynamic block") {
        builder.pipeline("p2").block("x").dynamic(2).block("y", {"x"}).dynamic(3).block("q").dynamic(2);
        builder.block("z", {"y", "q"});
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("p2", ScheduleType::api));
        stage.advance(Duration::minutes(5));
        CHECK(parents(stage, run, "z") == "[y:0] [y:1] [y:0] [y:1] [y:0] [y:1] [y:0] [y:1] [y:0] [y:1] [y:0] [y:1]");
    }
    SECTION("three levels of dynamic blocks") {
        builder.pipeline("p3").block("x").dynamic(2).block("y", {"x"}).dynamic(3).block("yy", {"y"}).dynamic(2);
        builder.block("z", {"yy"});
        Stage stage(builder.build());
        const RunId run = stage.trigger(stage.add_schedule("p3", ScheduleType::api));
        stage.advance(Duration::minutes(5));
        CHECK(children(stage, run, "yy") == "yy:0 yy:1 yy:2 yy:3 yy:4 yy:5");
        CHECK(parents(stage, run, "z") ==
              "[yy:0] [yy:1] [yy:2] [yy:3] [yy:4] [yy:5] [yy:0] [yy:1] [yy:2] [yy:3] [yy:4] [yy:5]");
    }
}

TEST_CASE("a child of several dynamic children takes one of each in turn", "[L3]") {
    ProjectBuilder builder;
    std::string expected;
    builder.pipeline("p").block("x").dynamic(2);
    SECTION("two children of one dynamic block") {
        builder.block("b", {"x"}).block("c", {"x"}).block("d", {"b", "c"});
        expected = "[b:0 c:0] [b:1 c:1] [b:0 c:0] [b:1 c:1]";
    }
    SECTION("a parent that reduces counts once, and its children are taken all the same") {
        builder.block("b", {"x"}).reduces().block("y").dynamic(3).block("d", {"b", "y"});
        expected = "[b:0] [b:1] [b:0]";
    }
    SECTION("children of two dynamic blocks of other sizes") {
        builder.block("y").dynamic(3).block("b", {"x"}).block("c", {"y"}).block("d", {"c", "b"});
        expected = "[c:0 b:0] [c:1 b:1] [c:2 b:0] [c:0 b:1] [c:1 b:0] [c:2 b:1]";
    }
    SECTION("a child and the dynamic block itself") {
        builder.block("b", {"x"}).block("d", {"b", "x"});
        expected = "[b:0] [b:1] [b:0] [b:1]";
    }
    SECTION("the controller of a replica is taken for its first child") {
        builder.block("b", {"x"}).block("c", {"x"}).replica_of("b").block("d", {"c"});
        expected = "[c:b] [c:0]";
    }
    Stage stage(builder.build());
    CHECK(parents(stage, run_to_the_end(stage), "d") == expected);
}

TEST_CASE("a dynamic block without items counts once beside another, and is waited for", "[L3]") {
    ProjectBuilder builder;
    builder.pipeline("p").block("x").dynamic(0).block("y").dynamic(3).block("d", {"x", "y"});
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    stage.run_until(kStart + Duration::seconds(129));
    CHECK(stage.block(run, "d").status == BlockRunStatus::running);
    stage.run_until(kStart + Duration::seconds(135));
    CHECK(parents(stage, run, "d") == "[] [] []");
}
