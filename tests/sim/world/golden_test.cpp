#include "base/text/text.hpp"
#include "sim/worlds.hpp"
#include "support/golden_json.hpp"  // made from golden.json by CMake: programs in wasm read no files

using namespace runsim;

namespace {

std::string hex(std::uint64_t value) {
    std::string text;
    append_hex(text, value, 16);
    return text;
}

}  // namespace

// The scenario of golden.json has something of everything: failures and retries, conditions, dynamic blocks, a sensor,
// limits, a history, all three kinds of duration. It ends with one hash on every machine and in every build, and in the
// package under every node. A change of behaviour, of what is saved or of the order of random numbers changes the hash:
// if that was meant, put the new one, which the failing test prints, into the file.
TEST_CASE("a seeded scenario ends with the golden hash") {
    const json::Value golden = json::parse(kGoldenJson).value();
    const json::Object& file = *golden.object();
    World world = World::create(json::to_text(*file.find("project"))).value();
    for (const json::Value& step : *file.find("steps")->array()) {
        const json::Object& what = *step.object();
        if (const json::Value* seconds = what.find("advance")) {
            world.advance_to(world.now() + Duration::seconds(std::stoi(json::to_text(*seconds))));
        } else {
            const auto words = split(*what.find("call")->string(), ' ');
            call(world, words[0], words[1], json::to_text(*what.find("body")));
        }
    }
    // The scenario is worth something: it has runs of every end, and spawned children.
    std::int64_t of_status[5] = {};
    for (const Run& run : world.instance().store.runs()) ++of_status[static_cast<std::size_t>(run.status)];
    CHECK(of_status[static_cast<std::size_t>(RunStatus::completed)] > 20);
    CHECK(of_status[static_cast<std::size_t>(RunStatus::cancelled)] > 0);
    CHECK(world.instance().store.block_runs().size() > 150);

    const std::string hash = hex(world.hash());
    INFO("the hash is " << hash);
    CHECK(hash == *file.find("hash")->string());
    auto copy = World::load(world.save());
    REQUIRE(copy);
    CHECK(hex(copy->hash()) == hash);
}
