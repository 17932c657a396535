#include "sim/worlds.hpp"

using namespace runsim;

namespace {

// A world of one pipeline "p", whose block runs are over.
World world_of(const std::string& metadata, const std::string& missing, const std::string& runsim = "{}") {
    DocumentParts parts;
    parts.pipelines = R"([{"uuid": "p", "metadata": {)" + metadata + R"(}, "missing": )" + missing + "}]";
    parts.runsim = runsim;
    World world = make_world(parts);
    call(world, "POST", "/api/pipelines/p/pipeline_schedules",
         R"({"pipeline_schedule": {"name": "t", "schedule_type": "api", "token": "t", "settings": )"
         R"({"allow_blocks_to_fail": true}}})");
    call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/t", "{}");
    world.advance_to(world.now() + Duration::minutes(2));
    return world;
}

const BlockRun& row(const World& world, std::string_view uuid) {
    for (const BlockRun& block : world.instance().store.block_runs())
        if (world.instance().store.symbols.text(block.block_uuid) == uuid) return block;
    FAIL("there is no block run " << uuid);
    return *world.instance().store.block_runs().begin();
}

std::string error_of(const BlockRun& block) {
    const json::Value metrics = block.metrics.value();
    const json::Object* error = metrics.object() ? metrics.object()->object("error") : nullptr;
    return error ? *error->text("error") : "";
}

}  // namespace

TEST_CASE("a block whose file is not there fails, whatever runsim.json says of it", "[L8]") {
    const std::string blocks = R"("blocks": [)" + block("there", "custom", "", R"("gone")") + ", " +
                               block("gone", "data_loader", R"("there")", "", R"(, "retry_config": {"retries": 2})") +
                               ", " + block("look", "sensor", "", "") + "]";
    World world = world_of(blocks, R"({"gone": "data_loaders/gone.py", "look": "sensors/look.py"})",
                           R"({"blocks": {"*": {"outcome": "ok", "polls": 3}}})");
    CHECK(row(world, "there").status == BlockRunStatus::completed);
    CHECK(row(world, "gone").status == BlockRunStatus::failed);
    CHECK(error_of(row(world, "gone")) ==
          "Block gone does not have any decorated functions. Make sure that a function in the block is decorated with "
          "@data_loader.");
    CHECK(row(world, "gone").attempts == 3);
    CHECK(row(world, "look").status == BlockRunStatus::failed);
    const std::string log = call(world, "GET", "/api/pipelines/p/logs").body;
    CHECK(log.find("[ERROR] File.content: [Errno 2] No such file or directory: '/home/src/lab/data_loaders/gone.py'") !=
          std::string::npos);
    REQUIRE(world.notes().size() >= 2);
    CHECK(
        world.notes()[0] ==
        "pipelines/p/metadata.yaml: block \"gone\": there is no file data_loaders/gone.py: its runs fail, as in Mage");
}

TEST_CASE("a replica fails with the file of its original, and a dynamic block makes no children", "[L8]") {
    const std::string blocks = R"("blocks": [)" +
                               block("gone", "custom", "", R"("below")", R"(, "configuration": {"dynamic": true})") +
                               ", " + block("below", "custom", R"("gone")", "") + ", " +
                               block("copy", "custom", "", "", R"(, "replicated_block": "gone")") + "]";
    World world = world_of(blocks, R"({"gone": "custom/gone.py", "copy": "custom/gone.py"})");
    CHECK(row(world, "gone").status == BlockRunStatus::failed);
    CHECK(row(world, "below").status == BlockRunStatus::upstream_failed);
    CHECK(row(world, "copy:gone").status == BlockRunStatus::failed);
    CHECK(error_of(row(world, "copy:gone")).empty());  // its metrics hold flags (lifecycle.md 9.2)
}

TEST_CASE("a project document that names no missing file misses none", "[L8]") {
    World world = world_of(R"("blocks": [)" + block("gone", "custom", "", "") + "]", "{}");
    CHECK(row(world, "gone").status == BlockRunStatus::completed);
}
