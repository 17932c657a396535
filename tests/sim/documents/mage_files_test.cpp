#include "sim/loaded_project.hpp"

using namespace runsim;

// What Mage's own files may hold, and what is said of it. The rows [R2] to [R13] are those of
// docs/mage/real-projects.md; tests/wasm/real-projects.test.ts has what a real server made of each kind of value.

namespace {

std::string of_blocks(std::string_view blocks) { return R"("uuid": "p", "blocks": [)" + std::string(blocks) + "]"; }

std::string trigger(std::string_view members) {
    return R"({"name": "t", "schedule_type": "time", "schedule_interval": "@daily", "start_time": null, )"
           R"("status": "active", "last_enabled_at": {"$date": "2024-01-01"})" +
           std::string(members) + "}";
}

std::string with_triggers(std::string_view uuid, const std::string& triggers) {
    return pipeline(uuid, "", R"({"triggers": [)" + triggers + "]}");
}

}  // namespace

TEST_CASE("a pipeline that Mage cannot load is said to be so, with the place and Mage's words", "[R2][R6]") {
    const std::string a = block("a", "custom", "", "");
    const std::pair<std::string, std::string_view> cases[] = {
        {of_blocks(block("load", "ai", "", "")), R"(block "load": type: Mage cannot load pipeline "p": Error loading )"
                                                 R"(pipeline (p): Invalid block type (ai))"},
        {of_blocks(block("load", "hook", "", "")),
         R"(block "load": type: Mage cannot load pipeline "p": 'NoneType' object is not callable)"},
        {of_blocks(R"({"type": "custom"})"), R"(blocks[0].uuid: Mage cannot load pipeline "p": 'uuid')"},
        {of_blocks("7"), R"(blocks[0]: Mage cannot load pipeline "p": 'int' object has no attribute 'get')"},
        {of_blocks(a + ", " + a),
         R"(Mage cannot load pipeline "p": Pipeline is invalid: duplicate blocks with uuid a)"},
        {of_blocks(block("a", "custom", R"("c")", R"("b")") + ", " + block("b", "custom", R"("a")", R"("c")") + ", " +
                   block("c", "custom", R"("b")", R"("a")")),
         R"(Mage cannot load pipeline "p": A cycle was detected in the loaded pipeline: a --> b --> c --> a)"},
        {of_blocks(R"({"uuid": "a", "type": "custom", "upstream_blocks": null})"),
         R"(block "a": upstream_blocks: Mage cannot load pipeline "p": 'NoneType' object is not iterable)"},
        {of_blocks(a) + R"(, "widgets": [{"uuid": "w", "type": "ai"}])",
         R"(widget "w": type: Mage cannot load pipeline "p": Error loading pipeline (p): Invalid block type (ai))"},
        {of_blocks(a) + R"(, "callbacks": [{"uuid": "a", "type": "callback"}])",
         R"(Mage cannot load pipeline "p": Pipeline is invalid: duplicate blocks with uuid a)"},
        {of_blocks(a) + R"(, "extensions": null)",
         R"(extensions: Mage cannot load pipeline "p": 'NoneType' object has no attribute 'items')"},
    };
    for (const auto& [members, sentence] : cases) {
        INFO(members);
        const LoadedProject loaded = load_pipelines(pipeline("p", members, R"({"triggers": [)" + trigger("") + "]}") +
                                                    ", " + pipeline("q", R"("uuid": "q", "blocks": [])"));
        REQUIRE(loaded.notes.size() == 1);
        const std::string start = "pipelines/p/metadata.yaml: " + std::string(sentence);
        CHECK(loaded.notes[0].substr(0, start.size()) == start);
        CHECK(loaded.project->find_pipeline("p") == nullptr);
        CHECK(loaded.project->find_broken("p") != nullptr);
        CHECK(loaded.project->find_pipeline("q") != nullptr);
        CHECK(loaded.scenario.schedules.size() == 1);
    }
}

TEST_CASE("a pipeline's file that is no YAML leaves the others alone, and so does one of triggers", "[R2][R3]") {
    const LoadedProject loaded = load_pipelines(
        R"({"uuid": "p", "unreadable": {"metadata": "line 1: no", "triggers": "line 2: no"}}, )" + pipeline("q", ""));
    CHECK(loaded.project->find_broken("p")->error == "'NoneType' object has no attribute 'get'");
    CHECK(loaded.project->find_broken("p")->run_error == "Invalid pipeline config: None");
    CHECK_FALSE(loaded.project->find_broken("p")->listed);
    CHECK(loaded.notes ==
          std::vector<std::string>{
              "pipelines/p/metadata.yaml: line 1: no",
              "pipelines/p/metadata.yaml: Mage cannot load pipeline \"p\": 'NoneType' object has no "
              "attribute 'get'. As in Mage, it is not in the list of pipelines, its detail is an error, "
              "and no run of it starts",
              "pipelines/p/triggers.yaml: line 2: no; as in Mage, the pipeline has no triggers"});
}

TEST_CASE("runsim.json may name a pipeline that Mage cannot load", "[R2]") {
    const LoadedProject loaded =
        load_pipelines(pipeline("p", of_blocks("7")), R"({"blocks": {"p/a": {"duration": "1s"}}, )"
                                                      R"("schedules": [{"pipeline": "p", "name": "s"}]})");
    REQUIRE(loaded.scenario.schedules.size() == 1);
    CHECK(loaded.project->symbols.text(loaded.scenario.schedules[0].pipeline_uuid) == "p");
}

TEST_CASE("a value that comes to nothing is noted with what Mage does", "[R5]") {
    const auto block_with = [](std::string_view members) {
        return of_blocks(block("load", "data_loader", "", "", members));
    };
    const std::pair<std::string, std::string_view> cases[] = {
        {block_with(R"(, "timeout": "10m")"),
         R"(block "load": timeout: "10m" is not a number of seconds: as in Mage, there is no timeout)"},
        {block_with(R"(, "retry_config": {"retrys": 1})"),
         R"(block "load": retry_config.retrys: no such key; did you mean "retries"?: the block fails, as in Mage)"},
        {block_with(R"(, "retry_config": {"delay": "5s"})"),
         R"(block "load": retry_config.delay: "5s" is not a number of seconds: as in Mage, there is no second attempt)"},
        {block_with(R"(, "retry_config": 5)"),
         R"(block "load": retry_config: 5: as in Mage, the block's worker ends and the block runs for ever)"},
        {R"("uuid": "p", "type": "pythn", "blocks": [])",
         "type: Mage loads the pipeline, but cannot show it in full: 'pythn'"},
        {R"("uuid": "p", "concurrency_config": {"pipeline_run_limt": 1})",
         R"(concurrency_config.pipeline_run_limt: no such key; did you mean "pipeline_run_limit"?; while the )"
         "pipeline has an active trigger, every tick ends here with an error, and runs of other pipelines wait, too"},
        {R"("uuid": "p", "concurrency_config": {"on_pipeline_run_limit_reached": "later"})",
         R"(concurrency_config.on_pipeline_run_limit_reached: "later" is neither wait nor skip; it means wait)"},
        {R"("uuid": "p", "variables": [1])",
         "variables: [1] is not a mapping of keys and values: every run fails, as in Mage"},
        {R"("uuid": "p", "tags": null)",
         "tags: null is not a list of texts: a real Mage does not start with it; here it is as if the pipeline had no "
         "other tags"},
    };
    for (const auto& [members, sentence] : cases) {
        INFO(members);
        const LoadedProject loaded = load_pipelines(pipeline("p", members));
        CHECK(loaded.notes == std::vector<std::string>{"pipelines/p/metadata.yaml: " + std::string(sentence)});
        CHECK(loaded.project->find_pipeline("p") != nullptr);
    }
}

TEST_CASE("values of another type that Mage takes are taken", "[R5]") {
    const LoadedProject loaded = load_pipelines(
        pipeline("p", R"("uuid": "p", "name": 5, "description": 7, "settings": [], "retry_config": [], )"
                      R"("executor_count": "2", "run_pipeline_in_one_process": "no", "tags": "xy", )"
                      R"("concurrency_config": {"pipeline_run_limit": "1", "block_run_limit": true}, "blocks": [)" +
                          block("a", "custom", "", "", R"(, "timeout": -1, "has_callback": 1, "color": 5)") + "]"));
    CHECK(loaded.notes.empty());
    const Pipeline& p = *loaded.project->find_pipeline("p");
    CHECK(p.executor_count == 2);
    CHECK(p.run_in_one_process);
    CHECK(p.tags == std::vector<std::string>{"x", "y"});
    CHECK(p.concurrency.pipeline_run_limit == 1);
    CHECK(p.concurrency.block_run_limit == 1);
    CHECK(p.blocks[0].timeout == -1);
    CHECK(p.callbacks.size() == 1);
}

TEST_CASE("an upstream block that is a callback, a conditional or a chart is waited for in vain", "[R13]") {
    const LoadedProject loaded = load_pipelines(
        pipeline("p", of_blocks(block("a", "custom", "", R"("w")") + ", " + block("b", "custom", R"("w")", "")) +
                          R"(, "widgets": [{"uuid": "w", "type": "chart", "upstream_blocks": ["a"]}])"));
    const Pipeline& p = *loaded.project->find_pipeline("p");
    CHECK_FALSE(p.blocks[0].waits_for_ever);
    CHECK(p.blocks[1].waits_for_ever);
    CHECK(loaded.notes ==
          std::vector<std::string>{
              "pipelines/p/metadata.yaml: block \"b\": upstream_blocks: \"w\" is no block but a callback, "
              "conditional or chart, which never completes: as in Mage, the block does not start, and its "
              "runs run for ever"});
}

TEST_CASE("a date in a trigger's variables stops the sync of all triggers", "[R10]") {
    const std::string bad = with_triggers("p", trigger(R"(, "variables": {"day": {"$date": "2026-01-01"}})"));
    const std::string good = with_triggers("q", trigger(""));
    const LoadedProject loaded =
        load_pipelines(bad + ", " + good, R"({"schedules": [{"pipeline": "q", "name": "s"}]})");
    REQUIRE(loaded.scenario.schedules.size() == 1);
    CHECK(loaded.scenario.schedules[0].name == "s");
    CHECK(loaded.notes ==
          std::vector<std::string>{
              "pipelines/p/triggers.yaml: trigger \"t\": variables: a date cannot be JSON; Mage's sync of all triggers "
              "fails at it",
              "triggers.yaml: as in Mage, whose sync fails, no trigger of any file is there"});
    SECTION("but for files that the first sync writes") {
        const std::string fresh =
            pipeline("r", "",
                     R"({"triggers": [{"name": "t", "schedule_type": "api", "schedule_interval": )"
                     R"(null, "start_time": null, "status": "active"}]})");
        const LoadedProject again = load_pipelines(bad + ", " + good + ", " + fresh);
        REQUIRE(again.scenario.schedules.size() == 1);
        CHECK(again.project->symbols.text(again.scenario.schedules[0].pipeline_uuid) == "r");
    }
}

TEST_CASE("two triggers of one name in a file are two schedules", "[R9]") {
    const LoadedProject loaded = load_pipelines(with_triggers("p", trigger("") + ", " + trigger(R"(, "sla": 5)")));
    REQUIRE(loaded.scenario.schedules.size() == 2);
    CHECK(loaded.scenario.schedules[1].sla == 5);
}

TEST_CASE("sqlite cuts the zone off a date, PostgreSQL reckons with it", "[R11]") {
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        const LoadedProject loaded = load_pipelines(
            with_triggers("p", R"({"name": "t", "schedule_type": "time", "schedule_interval": "@daily", )"
                               R"("start_time": {"$date": "2026-01-01 00:00:00+05:30"}})"),
            R"({"dialect": ")" + std::string(name_of(dialect)) + R"("})");
        REQUIRE(loaded.scenario.schedules.size() == 1);
        const Instant start{1'767'225'600'000'000};
        const Duration off = dialect == Dialect::sqlite ? Duration() : Duration::minutes(330);
        CHECK(loaded.scenario.schedules[0].start_time == MaybeInstant(start - off));
        CHECK(loaded.notes.size() == (dialect == Dialect::sqlite ? 1 : 0));
    }
}

TEST_CASE("metadata.yaml's settings are those that the settings page shows", "[A4]") {
    DocumentParts parts;
    parts.metadata = R"({"features": {"polars": true}, "pipelines": null, "spark_config": {"app_name": "x"}})";
    CHECK(load(parts).scenario.settings.json() ==
          R"({"features": {"polars": true}, "spark_config": {"app_name": "x"}})");
}
