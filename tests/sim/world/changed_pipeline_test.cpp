#include "sim/world/world.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

using namespace runsim;

TEST_CASE("a block keeps its behaviour under another name, and a new one gets that of its pipeline",
          "[real-clients C1]") {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"slow/*": {"outcome": "fail"}, "slow/begin": {"outcome": "ok"}},
                                                       "runs": [{"when": {"run": 1}, "blocks": {"slow/begin": {"error": "E: e"}}}]})";
    auto world = World::create(document(parts));
    REQUIRE(world);
    const auto send = [&world](const std::string& method, const std::string& target, const std::string& fields) {
        const std::string body = "{\"block\": {" + fields + "}}";
        return world->handle({method, target, {{"Content-Type", "application/json"}}, body}).body;
    };
    send("PUT", "/api/pipelines/slow/blocks/begin", R"("name": "start")");
    send("POST", "/api/pipelines/slow/blocks", R"("name": "new", "type": "custom")");
    const auto check = [](const World& shown) {
        const Pipeline& pipeline = *shown.instance().project->find_pipeline("slow");
        CHECK(pipeline.find_block("start")->model.attempts.front() == AttemptOutcome::ok);
        CHECK(pipeline.find_block("new")->model.attempts.front() == AttemptOutcome::fail);
        REQUIRE(pipeline.rules.size() == 1);
        REQUIRE(pipeline.rules[0].blocks.size() == 1);
        CHECK(pipeline.blocks[pipeline.rules[0].blocks[0].first].uuid == "start");
    };
    check(*world);
    // A snapshot has the file as it is, and its hash.
    const auto copy = World::load(world->save());
    REQUIRE(copy);
    check(*copy);
    CHECK(copy->hash() == world->hash());
}
