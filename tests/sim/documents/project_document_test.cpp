#include "sim/loaded_project.hpp"

using namespace runsim;

namespace {

const Block& find(const LoadedProject& loaded, std::string_view pipeline_uuid, std::string_view block_uuid) {
    const Pipeline* pipeline = loaded.project->find_pipeline(pipeline_uuid);
    REQUIRE(pipeline);
    const Block* block = pipeline->find_block(block_uuid);
    REQUIRE(block);
    return *block;
}

using Indexes = std::vector<std::uint32_t>;
using Attempts = std::vector<AttemptOutcome>;

}  // namespace

TEST_CASE("a project is read with its pipelines, blocks and their links") {
    const LoadedProject loaded = load({});
    const Project& project = *loaded.project;
    CHECK(project.name == "lab");
    CHECK(project.repo_path == "/home/src/lab");
    CHECK(project.queue_concurrency == 20);
    CHECK(loaded.notes.empty());
    REQUIRE(project.pipelines.size() == 2);
    const Pipeline& diamond = project.pipelines[0];
    CHECK(diamond.uuid == "diamond");
    CHECK(project.symbols.text(diamond.symbol) == "diamond");
    CHECK(diamond.name == "diamond");
    CHECK(diamond.tags == std::vector<std::string>{"red"});
    CHECK(diamond.variables.json() == R"({"region": "eu"})");
    CHECK(diamond.blocks[0].upstream == Indexes{});
    CHECK(diamond.blocks[0].downstream == Indexes{1, 2});
    CHECK(diamond.blocks[3].upstream == Indexes{1, 2});
    CHECK(project.symbols.text(diamond.blocks[3].symbol) == "export");
    CHECK(diamond.blocks[3].type == "data_exporter");
    CHECK(diamond.blocks[3].retry.delay == Duration::seconds(1));  // the project's
    CHECK(diamond.blocks[3].retry.max_delay == Duration::seconds(60));
    CHECK_FALSE(project.pipelines[1].tags);
    CHECK_FALSE(project.pipelines[1].variables.has_value());
    CHECK(loaded.scenario.options.start == Instant{1'767'225'600'000'000});
    CHECK(loaded.scenario.begin == loaded.scenario.options.start);
}

TEST_CASE("unknown keys of Mage's own files are as unknown to us as to Mage") {
    DocumentParts parts;
    parts.metadata = R"({"help_improve_mage": false, "spark_config": {"app_name": "x"}, "queue_config": null})";
    parts.pipelines =
        "[" +
        pipeline("p", R"("cache_block_output_in_memory": true, "widgets": [], "blocks": [)" +
                          block("a", "custom", "", "", R"(, "status": "executed", "content": null, "groups": [])") +
                          "]") +
        "]";
    CHECK(load(parts).notes.empty());
}

TEST_CASE("the options have the last word on seed, start and dialect") {
    DocumentParts parts;
    parts.runsim = R"({"seed": 5, "start": "2024-05-06 07:08:09", "dialect": "sqlite", "scheduler_interval": )"
                   R"("2s", "block_start_delay": 0,
                       "history": {"from": "-1h", "calls": [{"at": "-1m", "call": "GET )"
                   R"(/api/statuses"}, {"every": "10m", "from": "-30m", "call": "GET /api/x", "json": null}]}})";
    const Scenario written = load(parts).scenario;
    CHECK(written.options.seed == 5);
    CHECK(written.options.dialect == Dialect::sqlite);
    CHECK(written.options.start == Instant{1'714'979'289'000'000});
    CHECK(written.options.scheduler_interval == Duration::seconds(2));
    CHECK(written.options.block_start_delay == Duration::seconds(0));
    parts.options = R"({"seed": 7, "start": 1767225600000001, "dialect": "postgres"})";
    const Scenario overruled = load(parts).scenario;
    const Instant start{1'767'225'600'000'001};
    CHECK(overruled.options.seed == 7);
    CHECK(overruled.options.dialect == Dialect::postgres);
    CHECK(overruled.options.start == start);
    CHECK(overruled.options.scheduler_interval == Duration::seconds(2));
    CHECK(overruled.begin == start - Duration::hours(1));
    REQUIRE(overruled.calls.size() == 2);
    CHECK(overruled.calls[0].first == start - Duration::minutes(1));
    CHECK(overruled.calls[0].method == "GET");
    CHECK(overruled.calls[0].target == "/api/statuses");
    CHECK_FALSE(overruled.calls[0].body.has_value());
    CHECK(overruled.calls[1].first == start - Duration::minutes(30));
    CHECK(overruled.calls[1].last == start);
    CHECK(overruled.calls[1].body.has_value());
}

TEST_CASE("the most specific entry of runsim.json wins, key by key") {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {
        "slow/wait_long": {"duration": ["1s", "3s"], "condition": false},
        "*": {"duration": "0.2s", "outcome": "fail", "error": "ValueError: boom", "items": 4},
        "slow/*": {"attempts": ["fail", "ok"], "polls": 2, "items": 5},
        "diamond/load": {"outcome": "ok", "duration": {"typical": "2s", "at_most": "60s"}}}})";
    const LoadedProject loaded = load(parts);

    const BlockBehaviour left = find(loaded, "diamond", "left").model;
    CHECK(left.duration ==
          DurationModel{DurationKind::fixed, Duration::milliseconds(200), Duration::milliseconds(200)});
    CHECK(left.attempts == Attempts{AttemptOutcome::fail});
    CHECK(left.error == "ValueError: boom");
    CHECK(left.items == 4);

    const BlockBehaviour begin = find(loaded, "slow", "begin").model;
    CHECK(begin.duration.low == Duration::milliseconds(200));
    CHECK(begin.attempts == Attempts{AttemptOutcome::fail, AttemptOutcome::ok});
    CHECK(begin.polls == 2);
    CHECK(begin.items == 5);
    CHECK(begin.condition);

    const BlockBehaviour wait_long = find(loaded, "slow", "wait_long").model;
    CHECK(wait_long.duration == DurationModel{DurationKind::range, Duration::seconds(1), Duration::seconds(3)});
    CHECK(wait_long.attempts == begin.attempts);
    CHECK_FALSE(wait_long.condition);

    const BlockBehaviour load_model = find(loaded, "diamond", "load").model;
    CHECK(load_model.duration == DurationModel{DurationKind::long_tail, Duration::seconds(2), Duration::seconds(60)});
    CHECK(load_model.attempts == Attempts{AttemptOutcome::ok});  // `outcome` overrules less specific attempts, too
    CHECK(load_model.error == "ValueError: boom");
}

TEST_CASE("each pipeline gets the rules for single runs that concern its blocks, the most specific entry winning") {
    DocumentParts parts;
    parts.runsim = R"({"runs": [
        {"when": {"run": [7, 3]}, "blocks": {"slow/wait_long": {"polls": 2}, "slow/*": {"polls": 3, "items": 4}}},
        {"when": {"variables": {"region": "us"}}, "blocks": {"diamond/load": {"fails_ppm": 20000}}},
        {"when": {"schedule": "nightly"}, "blocks": {"*": {"outcome": "fail"}}}]})";
    const LoadedProject loaded = load(parts);
    const std::vector<RunRule>& slow = loaded.project->find_pipeline("slow")->rules;
    REQUIRE(slow.size() == 2);
    CHECK(slow[0].runs == std::vector<std::int64_t>{3, 7});
    REQUIRE(slow[0].blocks.size() == 3);
    CHECK(slow[0].blocks[0].second == BlockBehaviourChange{.items = 4, .polls = 3});
    CHECK(slow[0].blocks[1].second == BlockBehaviourChange{.items = 4, .polls = 2});
    CHECK(slow[1].schedule == "nightly");
    CHECK(slow[1].blocks.size() == 3);
    const std::vector<RunRule>& diamond = loaded.project->find_pipeline("diamond")->rules;
    REQUIRE(diamond.size() == 2);
    CHECK(diamond[0].variables.json() == R"({"region": "us"})");
    REQUIRE(diamond[0].blocks.size() == 1);
    CHECK(diamond[0].blocks[0].second == BlockBehaviourChange{.fails_ppm = 20'000});
    CHECK(diamond[1].blocks.size() == 4);
    CHECK(find(loaded, "slow", "begin").model == BlockBehaviour{});
}

TEST_CASE("what a block puts out is a value, several, or a table", "[real-clients C3]") {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"*": {"output": [1, "a", null]},
                                  "slow/*": {"output_table": {"columns": ["a"], "rows": [[1], [null]]}},
                                  "diamond/load": {"output": null}},
                       "runs": [{"when": {"run": 2}, "blocks": {"slow/begin": {"output": {"k": []}}}}]})";
    const LoadedProject loaded = load(parts);
    const auto output = [&loaded](const char* pipeline, const char* block) {
        const BlockOutput found = find(loaded, pipeline, block).model.output;
        return std::string(found.value.json()) + (found.table ? " as a table" : "");
    };
    CHECK(output("diamond", "left") == R"([1, "a", null])");
    CHECK(output("diamond", "load") == "null");
    CHECK(output("slow", "begin") == R"({"columns": ["a"], "rows": [[1], [null]]} as a table)");
    const std::vector<RunRule>& rules = loaded.project->find_pipeline("slow")->rules;
    REQUIRE(rules.size() == 1);
    CHECK(rules[0].blocks[0].second.output == BlockOutput{json::Text(R"({"k": []})"), false});
}

TEST_CASE("a block without an entry succeeds after a second") {
    const BlockBehaviour model = find(load({}), "slow", "begin").model;
    CHECK(model == BlockBehaviour{});
    CHECK(model.duration.low == Duration::seconds(1));
    CHECK(model.attempts == Attempts{AttemptOutcome::ok});
}

TEST_CASE("a block's retry_config lies over the project's, key by key") {
    const LoadedProject loaded = load_pipelines(
        pipeline("p", R"("retry_config": {"retries": 9}, "blocks": [)" +
                          block("a", "custom", "", "",
                                R"(, "retry_config": {"retries": 2, "exponential_backoff": false, "max_delay": 2.5})") +
                          "]"));
    const RetryConfig retry = find(loaded, "p", "a").retry;
    CHECK(retry.retries == 2);
    CHECK(retry.delay == Duration::seconds(1));
    CHECK(retry.max_delay == Duration::milliseconds(2'500));
    CHECK_FALSE(retry.exponential_backoff);
}

TEST_CASE("names of no block are left out, with a note") {
    const LoadedProject loaded = load_pipelines(
        pipeline("p", R"("blocks": [)" + block("a", "custom", R"("gone")", R"("b", "lost")") + ", " +
                          block("b", "custom", R"("a", "a")", "") +
                          R"(], "callbacks": [{"uuid": "tell", "type": "callback", "upstream_blocks": ["nobody"]}])"));
    CHECK(find(loaded, "p", "a").upstream == Indexes{});
    CHECK(find(loaded, "p", "a").downstream == Indexes{1});
    CHECK(find(loaded, "p", "b").upstream == Indexes{0});
    const std::string_view end = "; it is left out, as Mage does";
    CHECK(loaded.notes ==
          std::vector<std::string>{
              R"(pipelines/p/metadata.yaml: block "a": upstream_blocks: there is no block "gone")" + std::string(end),
              R"(pipelines/p/metadata.yaml: block "a": downstream_blocks: there is no block "lost")" + std::string(end),
              R"(pipelines/p/metadata.yaml: callback "tell": upstream_blocks: there is no block "nobody")" +
                  std::string(end)});
}

TEST_CASE("links that only one of two blocks names stay as they are, with a note") {
    const LoadedProject loaded = load_pipelines(pipeline("p", R"("blocks": [)" + block("a", "custom", "", R"("c")") +
                                                                  ", " + block("b", "custom", R"("a")", "") + ", " +
                                                                  block("c", "custom", "", "") + "]"));
    CHECK(find(loaded, "p", "a").downstream == Indexes{2});
    CHECK(find(loaded, "p", "b").upstream == Indexes{0});
    CHECK(find(loaded, "p", "c").upstream == Indexes{});
    CHECK(loaded.notes == std::vector<std::string>{
                              R"(pipelines/p/metadata.yaml: block "a": downstream_blocks: "c" does not list it as )"
                              R"(upstream: it does not wait for it)",
                              R"(pipelines/p/metadata.yaml: block "b": upstream_blocks: "a" does not list it as )"
                              R"(downstream: a retry from there does not reach it)"});
}

TEST_CASE("conditionals and callbacks attach to the blocks that they name") {
    const LoadedProject loaded = load_pipelines(pipeline(
        "p", R"("blocks": [)" + block("a", "custom", "", "", R"(, "has_callback": true)") + ", " +
                 block("b", "custom", "", "") +
                 R"(], "conditionals": [{"uuid": "gate", "type": "conditional", "upstream_blocks": )"
                 R"(["b"]}, {"uuid": "lock", "name": "the lock", "type": "conditional", "upstream_blocks": ["a", "b"]}],
                      "callbacks": [{"uuid": "tell", "type": "callback", "upstream_blocks": ["b", "a"]}])"));
    const Pipeline& p = *loaded.project->find_pipeline("p");
    REQUIRE(p.conditionals.size() == 2);
    CHECK(p.conditionals[0].uuid == "gate");
    CHECK(p.conditionals[0].name == "gate");
    CHECK(p.conditionals[1].name == "the lock");
    CHECK(p.blocks[0].conditionals == Indexes{1});
    CHECK(p.blocks[1].conditionals == Indexes{0, 1});
    REQUIRE(p.callbacks.size() == 2);
    CHECK(p.callbacks[0].uuid == "a_callback");  // legacy has_callback comes first
    CHECK(p.callbacks[1].uuid == "tell");
    CHECK(p.blocks[0].callbacks == Indexes{0, 1});
    CHECK(p.blocks[1].callbacks == Indexes{1});
    CHECK(p.blocks.size() == 2);
}

TEST_CASE("charts, notes and scratchpads are not executable, nor is a block of a streaming pipeline") {
    const std::string blocks = R"("blocks": [)" + block("m", "markdown", "", "") + ", " + block("c", "chart", "", "") +
                               ", " + block("s", "scratchpad", "", "") + ", " + block("d", "dbt", "", "") + "]";
    const LoadedProject loaded =
        load_pipelines(pipeline("p", blocks) + ", " + pipeline("stream", R"("type": "streaming", )" + blocks));
    CHECK_FALSE(find(loaded, "p", "m").executable);
    CHECK_FALSE(find(loaded, "p", "c").executable);
    CHECK_FALSE(find(loaded, "p", "s").executable);
    CHECK(find(loaded, "p", "d").executable);
    CHECK_FALSE(find(loaded, "stream", "d").executable);
}

TEST_CASE("a replicated block carries its target in its block runs' uuid") {
    const LoadedProject loaded =
        load_pipelines(pipeline("p", R"("blocks": [)" + block("a", "custom", "", "") + ", " +
                                         block("copy", "custom", "", "", R"(, "replicated_block": "a")") + ", " +
                                         block("bad", "custom", "", "", R"(, "replicated_block": "x")") + "]"));
    CHECK(loaded.project->symbols.text(find(loaded, "p", "copy").symbol) == "copy:a");
    CHECK(loaded.notes == std::vector<std::string>{
                              "pipelines/p/metadata.yaml: block \"bad\": replicated_block: Replicated block x does "
                              "not exist in pipeline p.: every run fails at its start, as in Mage"});
}

TEST_CASE("the fields of pipelines and blocks that the lifecycle reads are read") {
    const LoadedProject loaded = load_pipelines(pipeline(
        "p",
        R"("name": "P", "description": "d", "type": "pyspark", "run_pipeline_in_one_process": true, "executor_count": 3,
                "concurrency_config": {"block_run_limit": 2, "pipeline_run_limit": null, )"
        R"("pipeline_run_limit_all_triggers": 0, "on_pipeline_run_limit_reached": "skip"},
                "blocks": [)" +
            block("a", "custom", "", "",
                  R"(, "color": "teal", "timeout": "90", "configuration": {"dynamic": true, "reduce_output": 1})") +
            ", " +
            block("b", "custom", "", "",
                  R"(, "timeout": 0, "configuration": {"dynamic": {"parent": true}, "reduce_output": true})") +
            "]"));
    const Pipeline& p = *loaded.project->find_pipeline("p");
    CHECK(p.name == "P");
    CHECK(p.description == "d");
    CHECK(p.type == "pyspark");
    CHECK(p.run_in_one_process);
    CHECK(p.executor_count == 3);
    CHECK(p.concurrency.block_run_limit == 2);
    CHECK_FALSE(p.concurrency.pipeline_run_limit);
    CHECK(p.concurrency.pipeline_run_limit_all_triggers == 0);
    CHECK(p.concurrency.on_pipeline_run_limit_reached == RunLimitPolicy::skip);
    CHECK(p.blocks[0].timeout == 90);
    CHECK(p.blocks[0].color == "teal");
    CHECK(p.blocks[0].dynamic);
    CHECK_FALSE(p.blocks[0].reduce_output);
    CHECK_FALSE(p.blocks[1].timeout);
    CHECK_FALSE(p.blocks[1].dynamic);
    CHECK(p.blocks[1].reduce_output);
    CHECK(p.metadata.json().starts_with(R"({"name": "P", "description": "d")"));
}

TEST_CASE("pipelines are kept by uuid, however they come") {
    const LoadedProject loaded =
        load_pipelines(pipeline("b", "") + ", " + pipeline("a", "") + ", " + pipeline("B", ""));
    REQUIRE(loaded.project->pipelines.size() == 3);
    CHECK(loaded.project->pipelines[0].uuid == "B");
    CHECK(loaded.project->pipelines[1].uuid == "a");
    CHECK(loaded.project->pipelines[2].uuid == "b");
}

TEST_CASE("triggers overwrite the schedule of their pipeline and name", "[row 53][lifecycle 11.4]") {
    const LoadedProject loaded =
        load_pipelines(pipeline("p", "",
                                R"({"triggers": [
            {"name": "nightly", "schedule_type": "time", "schedule_interval": "@daily", )"
                                R"("start_time": "2024-01-01 10:00:00", "status": "active", "sla": 60,
             "variables": {"region": "us"}, "settings": {"skip_if_previous_running": true}, )"
                                R"("last_enabled_at": "2024-02-01 00:00:00", "envs": ["dev", "prod"]},
            {"name": "hook", "schedule_type": "api", "schedule_interval": null, "start_time": null, )"
                                R"("token": "abc"}]})"),
                       R"({"schedules": [{"pipeline": "p", "name": "other", "tags": ["x"]},
                          {"id": 9, "pipeline": "p", "name": "nightly", "token": )"
                       R"("0123456789abcdef0123456789abcdef", "description": "old", "tags": )"
                       R"(["t"], "status": "inactive"}]})");
    const auto& schedules = loaded.scenario.schedules;
    REQUIRE(schedules.size() == 3);
    CHECK(schedules[0].name == "other");
    CHECK(schedules[0].tags == std::vector<std::string>{"x"});
    CHECK_FALSE(schedules[0].schedule_type);
    CHECK_FALSE(schedules[0].variables.has_value());
    const Schedule& nightly = schedules[1];
    CHECK(nightly.id.value == 9);
    CHECK(nightly.token == "0123456789abcdef0123456789abcdef");
    CHECK(nightly.tags == std::vector<std::string>{"t"});
    CHECK_FALSE(nightly.description);
    CHECK(nightly.schedule_type == ScheduleType::time);
    CHECK(nightly.schedule_interval == "@daily");
    CHECK(nightly.status == ScheduleStatus::active);
    CHECK(nightly.sla == 60);
    CHECK(nightly.start_time == MaybeInstant(Instant{1'704'103'200'000'000}));
    CHECK(nightly.last_enabled_at == MaybeInstant(Instant{1'706'745'600'000'000}));
    CHECK(nightly.variables.json() == R"({"region": "us"})");
    CHECK(nightly.settings.json() == R"({"skip_if_previous_running": true})");
    const Schedule& hook = schedules[2];
    CHECK(hook.name == "hook");
    CHECK_FALSE(hook.id);
    CHECK(hook.token == "abc");
    CHECK(hook.status == ScheduleStatus::inactive);
    CHECK(hook.variables.json() == "{}");
    CHECK(hook.settings.json() == "{}");
    CHECK_FALSE(hook.schedule_interval);
}

TEST_CASE("a trigger that Mage drops is dropped alone, with a note") {
    const LoadedProject loaded = load_pipelines(pipeline("p", "",
                                                         R"({"triggers": [
        {"name": "a", "schedule_type": "time", "start_time": null},
        {"name": "b", "schedule_type": "time", "schedule_interval": null, "start_time": null, "stauts": "active"},
        {"name": "c", "schedule_type": "time", "schedule_interval": null, "start_time": null, "envs": ["production"]},
        {"name": "d", "schedule_type": "time", "schedule_interval": null, "start_time": null, "envs": ["prod"]},
        {"name": "e", "schedule_type": "time", "schedule_interval": null, "start_time": null, )"
                                                         R"("envs": [], "settings": {"timeot": 1}}]})"));
    REQUIRE(loaded.scenario.schedules.size() == 1);
    CHECK(loaded.scenario.schedules[0].name == "e");
    const std::string file = "pipelines/p/triggers.yaml: trigger ";
    const std::string end = "; the trigger is left out, as Mage does";
    CHECK(loaded.notes ==
          std::vector<std::string>{
              file + R"("a": schedule_interval: is missing)" + end,
              file + R"("b": stauts: no such key; did you mean "status"?)" + end,
              file + R"("c": envs: "production" is not one of dev, prod, staging, test, test_mage)" + end,
              file + R"("d": envs: it is not for "dev", which this simulation is)" + end,
              file + R"("e": settings.timeot: no such key; did you mean "timeout"?; Mage fails where it )"
                     R"(reads these settings, here it is ignored)"});
}

TEST_CASE("the code of blocks is indexed by the paths of their files") {
    DocumentParts parts;
    parts.pipelines =
        R"([{"uuid": "p", "metadata": {"blocks": [{"uuid": "a", "type": "data_loader"}, {"uuid": "b", "type": "custom"}, )"
        R"({"uuid": "c", "type": "custom", "replicated_block": "a"}, {"uuid": "d", "type": "custom"}], )"
        R"("conditionals": [{"uuid": "gate", "type": "conditional", "upstream_blocks": ["a"]}]}, )"
        R"("content": {"a": "return [1]\n", "gate": "return True", "nobody": ""}, "missing": {"d": "custom/d.py"}},)"
        R"({"uuid": "q", "metadata": {"blocks": [{"uuid": "a", "type": "data_loader"}]}}])";
    CHECK(load(parts).project->code == CodeOfBlocks{{"conditionals/gate.py", "return True"},
                                                    {"custom/b.py", ""},
                                                    {"custom/d.py", std::nullopt},
                                                    {"data_loaders/a.py", "return [1]\n"}});
    parts.pipelines = R"([{"uuid": "p", "metadata": {"blocks": []}, "content": {"a": 1}}])";
    const auto refused = read_project_document(document(parts));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message == "project document: pipelines[0].content.a: 1 is not a text");
}
