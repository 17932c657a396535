#include "base/prng.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"
#include "sim/worlds.hpp"
#include "support/pick.hpp"

using namespace runsim;

namespace {

// A document in which nearly every key stands that is read.
std::string rich_document() {
    DocumentParts parts;
    parts.metadata =
        R"({"project_uuid": "x", "queue_config": {"concurrency": 3}, "retry_config": {"retries": 1, "delay": 1}})";
    parts.pipelines =
        "[" +
        pipeline(
            "p",
            R"("name": "P", "type": "python", "tags": ["a"], "variables": {"v": 1}, "description": )"
            R"("d", "executor_count": 2,
        "concurrency_config": {"block_run_limit": 2, "on_pipeline_run_limit_reached": "skip"}, "blocks": [)" +
                block("a", "data_loader", "", R"("b")",
                      R"(, "timeout": 60, "retry_config": {"retries": 2}, "configuration": {"dynamic": true})") +
                ", " + block("b", "transformer", R"("a")", "", R"(, "replicated_block": "a", "has_callback": true)") +
                R"(], "conditionals": [{"uuid": "c", "type": "conditional", "upstream_blocks": ["b"]}], "callbacks": )"
                R"([{"uuid": "d", "type": "callback", "upstream_blocks": ["a"]}])",
            R"({"triggers": [{"name": "t", "schedule_type": "time", "schedule_interval": "@hourly", )"
            R"("start_time": {"$date": "2025-01-01"}, "status": "active",
        "envs": ["dev"], "settings": {"timeout": 5}, "sla": 60, "token": "x", "variables": {}}]})") +
        "]";
    parts.runsim =
        R"({"seed": 1, "start": "2026-01-01", "dialect": "sqlite", "scheduler_interval": "10s", "block_start_delay": 1,
        "blocks": {"*": {"duration": ["1s", "2s"]}, "p/*": {"duration": {"typical": "1s", )"
        R"("at_most": "2s"}, "attempts": ["ok"]}, "p/a": {"outcome": "fail", "error": "E: x", "items": 2, "polls": 1}},
        "schedules": [{"id": 3, "pipeline": "p", "name": "s", "schedule_type": "api", "token": )"
        R"("0123456789abcdef0123456789abcdef", "tags": ["x"], "settings": {"timeout": 1}}],
        "history": {"from": "-2m", "calls": [{"at": "-1m", "call": "GET /api/statuses"}, {"every": )"
        R"("30s", "to": "-30s", "call": "POST /api/pipeline_schedules/3/pipeline_runs", "json": {}}]}})";
    parts.options = R"({"seed": 2, "start": 1767225600000000})";
    return document(parts);
}

void collect(json::Value& value, std::vector<json::Value*>& all) {
    all.push_back(&value);
    if (json::Array* list = value.array())
        for (json::Value& item : *list) collect(item, all);
    if (json::Object* object = value.object())
        for (json::Member& member : *object) collect(member.value, all);
}

json::Value strange(Prng& choice) {
    const json::Value values[] = {json::Value(),
                                  true,
                                  -1,
                                  0,
                                  1,
                                  3.5,
                                  1e300,
                                  std::int64_t{1} << 62,
                                  "",
                                  "x",
                                  "p",
                                  "a",
                                  "-1s",
                                  "*",
                                  "\xc3\xbc\n\"",
                                  "@once",
                                  json::Array{},
                                  json::Array{1, "a"},
                                  json::Object{}};
    return values[choice.below(std::size(values))];
}

// Replaces a value, drops a member or an item, or writes one twice.
void spoil(json::Value& document, Prng& choice) {
    std::vector<json::Value*> all;
    collect(document, all);
    json::Value& value = *all[pick(choice, all.size())];
    const std::uint64_t how = choice.below(4);
    json::Object* object = value.object();
    json::Array* list = value.array();
    if (how == 0 && object && !object->empty()) {
        object->erase(std::string((object->begin() + choice.below(object->size()))->key));
    } else if (how == 1 && object) {
        object->set(choice.below(2) == 0 ? "strange" : "name", strange(choice));
    } else if (how == 1 && list && !list->empty()) {
        list->push_back((*list)[pick(choice, list->size())]);
    } else {
        value = strange(choice);
    }
}

bool is_known_place(std::string_view line) {
    for (const std::string_view start :
         {"project document: ", "metadata.yaml: ", "pipelines/", "runsim.json: ", "options: "})
        if (line.starts_with(start)) return true;
    return false;
}

}  // namespace

TEST_CASE("the rich document of this test is right as it stands") {
    const auto world = World::create(rich_document());
    INFO((world ? "" : world.error().message));
    CHECK(world);
}

TEST_CASE("a document that was spoilt anywhere makes a world or lines that each say where the mistake is") {
    const auto whole = json::parse(rich_document());
    REQUIRE(whole);
    int worlds = 0;
    for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
        INFO("seed " << seed);
        Prng choice = Prng::fork(1, "spoil", seed);
        json::Value document = *whole;
        for (std::uint64_t i = 0; i <= choice.below(3); ++i) spoil(document, choice);
        auto world = World::create(json::to_text(document));
        if (world) {
            ++worlds;
            world->advance_to(world->now() + Duration::seconds(60));
            continue;
        }
        REQUIRE_FALSE(world.error().message.empty());
        for (const std::string_view line : split(world.error().message, '\n')) {
            INFO(line);
            REQUIRE(is_known_place(line));
        }
    }
    CHECK(worlds > 100);
    CHECK(worlds < 2'900);
}
