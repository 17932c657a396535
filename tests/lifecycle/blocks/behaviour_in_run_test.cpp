#include "lifecycle/blocks/behaviour_in_run.hpp"

#include <algorithm>

#include "lifecycle/rows/write_row.hpp"
#include "lifecycle/runs/delete_run.hpp"
#include "lifecycle/runs/retry_by_user.hpp"
#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

BlockBehaviourChange fails() { return {.attempts = std::vector{AttemptOutcome::fail}, .error = "KeyError: 7"}; }
BlockBehaviourChange lasts(int seconds) {
    return {.duration = DurationModel{DurationKind::fixed, Duration::seconds(seconds), Duration::seconds(seconds)}};
}

// load -> each, with a rule over them.
ProjectBuilder chain(std::vector<RunRule> rules = {}) {
    ProjectBuilder builder;
    builder.pipeline("p").variables(R"({"region": "eu"})").block("load").block("each", {"load"});
    builder.with_pipeline([&](Pipeline& pipeline) { pipeline.rules = std::move(rules); });
    return builder;
}

std::string statuses(const Stage& stage, const std::vector<RunId>& runs) {
    std::string text;
    for (const RunId run : runs) text += (text.empty() ? "" : " ") + std::string(name_of(stage.run(run).status));
    return text;
}

}  // namespace

TEST_CASE("a rule holds for the runs that it names by number, schedule or variables, and for no other") {
    struct Case {
        RunRule when;
        const char* statuses;  // of three runs of one schedule and one of another
    };
    const auto when = [](std::vector<std::int64_t> runs, std::optional<std::string> schedule, const char* variables) {
        return RunRule{std::move(runs), std::move(schedule), variables ? json::Text(variables) : json::Text(), {}};
    };
    const Case cases[] = {
        {when({2}, {}, nullptr), "completed failed completed completed"},
        {when({1, 3}, {}, nullptr), "failed completed failed failed"},
        {when({}, "trigger 2", nullptr), "completed completed completed failed"},
        {when({1}, "trigger 1", nullptr), "failed completed completed completed"},
        {when({}, {}, R"({"day": 2})"), "completed failed completed completed"},
        {when({}, {}, R"({"region": "eu"})"), "failed failed failed failed"},  // a variable of the pipeline
        {when({}, {}, R"({"region": "eu", "day": 3})"), "completed completed failed completed"},
        {when({}, {}, R"({"day": "2"})"), "completed completed completed completed"},
        {when({}, {}, R"({"trigger_name": "trigger 2"})"), "completed completed completed failed"},
        {when({4}, {}, nullptr), "completed completed completed completed"},
    };
    for (Case each : cases) {
        INFO(each.statuses);
        each.when.blocks = {{1, fails()}};
        Stage stage(chain({each.when}).build());
        const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
        std::vector<RunId> runs;
        for (int day = 1; day <= 3; ++day) {
            runs.push_back(stage.trigger(hook));
            write(stage.instance, runs.back(),
                  [&](Run& row) { row.variables = json::Text("{\"day\": " + std::to_string(day) + "}"); });
        }
        runs.push_back(stage.trigger(stage.add_schedule("p", ScheduleType::api)));
        stage.advance(Duration::minutes(1));
        CHECK(statuses(stage, runs) == each.statuses);
        for (const RunId run : runs)
            if (stage.run(run).status == RunStatus::failed)
                CHECK(stage.block(run, "each").metrics.json().find("KeyError: 7") != std::string_view::npos);
    }
}

TEST_CASE(
    "later rules lie over earlier ones, what is set for a run over all rules, and a child's own over its block's") {
    const RunRule slow{{}, {}, {}, {{0, lasts(5)}, {1, lasts(5)}}};
    const RunRule slower{{1}, {}, {}, {{1, lasts(7)}}};
    ProjectBuilder builder;
    builder.pipeline("p").block("load").dynamic(2).block("each", {"load"});
    builder.with_pipeline([&](Pipeline& pipeline) { pipeline.rules = {slow, slower}; });
    Stage stage(builder.build());
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    const PipelineFacts& pipeline = *pipeline_facts(stage.instance, stage.run(run).pipeline_uuid);
    const auto seconds = [&](std::uint32_t block, std::string_view uuid) {
        const Symbol symbol = stage.instance.store.symbols.intern(uuid);
        return behaviour_in_run(stage.instance, pipeline, pipeline.blocks[block], run, symbol)->duration.low.us /
               1'000'000;
    };
    CHECK(seconds(0, "load") == 5);
    CHECK(seconds(1, "each:0") == 7);
    REQUIRE(set_run_override(stage.instance, run, "each", lasts(9)).ok());
    REQUIRE(set_run_override(stage.instance, run, "each:1", lasts(11)).ok());  // which is still to come
    CHECK(seconds(0, "load") == 5);
    CHECK(seconds(1, "each:0") == 9);
    CHECK(seconds(1, "each:1") == 11);
    CHECK(run_overrides_of(stage.instance, run).size() == 2);
    REQUIRE(set_run_override(stage.instance, run, "each", {}).ok());
    CHECK(seconds(1, "each:0") == 7);
    CHECK(run_overrides_of(stage.instance, run).size() == 1);
}

TEST_CASE("what is set for a run at run time holds for it alone, in its items, conditions, polls and retries too") {
    ProjectBuilder builder;
    builder.pipeline("p").block("load").dynamic(2).block("each", {"load"}).block("guarded").conditional("gate", true);
    builder.block("watch", {}, "sensor").block("bad");
    Stage stage(builder.build());
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    const RunId run = stage.trigger(hook);
    const RunId other = stage.trigger(hook);
    REQUIRE(set_run_override(stage.instance, run, "load", {.items = 3}).ok());
    REQUIRE(set_run_override(stage.instance, run, "guarded", {.condition = false}).ok());
    REQUIRE(set_run_override(stage.instance, run, "watch", {.polls = 2}).ok());
    REQUIRE(set_run_override(stage.instance, run, "bad", fails()).ok());
    stage.run_until(kStart + Duration::seconds(9));
    CHECK(stage.blocks(run) == "load completed, each initial, guarded condition_failed, watch running, bad failed");
    CHECK(stage.blocks(other) == "load completed, each initial, guarded completed, watch completed, bad completed");
    stage.run_until(kStart + Duration::seconds(35));
    CHECK(stage.run(run).status == RunStatus::failed);
    CHECK(stage.run(other).status == RunStatus::completed);

    REQUIRE(set_run_override(stage.instance, run, "bad", {}).ok());
    REQUIRE(set_run_override(stage.instance, run, "watch", {}).ok());
    REQUIRE(retry_blocks(stage.instance, run, {}).ok());
    stage.advance(Duration::minutes(2));
    CHECK(stage.run(run).status == RunStatus::completed);
    CHECK(stage.block(run, "each:2").status == BlockRunStatus::completed);
    CHECK(stage.instance.store.block_runs_count(other) == 5 + 2);

    delete_run(stage.instance, run);
    CHECK(stage.instance.run_overrides.empty());
}

TEST_CASE("nothing is set for runs and blocks that are not there") {
    Stage stage(chain().build());
    const RunId run = stage.trigger(stage.add_schedule("p", ScheduleType::api));
    CHECK(set_run_override(stage.instance, RunId{9}, "load", fails()).error().message == "there is no run 9");
    CHECK(set_run_override(stage.instance, run, "lode", fails()).error().message ==
          "pipeline \"p\" has no block \"lode\"");
    CHECK(stage.instance.run_overrides.empty());
}

TEST_CASE("a chance of failing is drawn for every attempt from the block's own stream") {
    const auto story = [](std::uint32_t ppm_of_a, std::uint64_t seed) {
        ProjectBuilder builder;
        builder.pipeline("p").block("a").with([&](Block& block) { block.model.fails_ppm = ppm_of_a; });
        builder.block("b").with([](Block& block) { block.model.fails_ppm = 300'000; });
        Options options = Stage::default_options();
        options.seed = seed;
        Stage stage(builder.build(), options);
        const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
        stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
        std::string a;
        std::string b;
        std::vector<RunId> runs;
        for (int i = 0; i < 200; ++i) runs.push_back(stage.trigger(hook));
        stage.advance(Duration::minutes(5));
        for (const RunId run : runs) {
            a += stage.block(run, "a").status == BlockRunStatus::failed ? 'f' : 'o';
            b += stage.block(run, "b").status == BlockRunStatus::failed ? 'f' : 'o';
        }
        return std::pair(a, b);
    };
    const auto [never, b] = story(0, 1);
    CHECK(std::count(never.begin(), never.end(), 'f') == 0);
    const auto failures = std::count(b.begin(), b.end(), 'f');
    CHECK(failures > 40);
    CHECK(failures < 80);
    const auto [always, same_b] = story(1'000'000, 1);
    CHECK(std::count(always.begin(), always.end(), 'f') == 200);
    CHECK(same_b == b);  // another block's model shifts nothing
    CHECK(story(0, 1).second == b);
    CHECK(story(0, 2).second != b);
}

TEST_CASE("what is set for one run shifts no other block's and no other run's durations") {
    const auto story = [](bool changed) {
        ProjectBuilder builder;
        builder.pipeline("p").block("a").lasts(Duration::seconds(1), Duration::seconds(9));
        builder.block("b").lasts(Duration::seconds(1), Duration::seconds(9));
        Stage stage(builder.build());
        const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
        const RunId first = stage.trigger(hook);
        const RunId second = stage.trigger(hook);
        if (changed) REQUIRE(set_run_override(stage.instance, first, "a", lasts(2)).ok());
        stage.advance(Duration::seconds(30));
        std::string text;
        for (const BlockRun* row : {&stage.block(first, "b"), &stage.block(second, "a"), &stage.block(second, "b")})
            text += std::to_string((*row->dates.completed_at() - *row->dates.started_at()).us / 1'000) + " ";
        return text;
    };
    CHECK(story(false) == story(true));
}
