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

TEST_CASE("a block that Mage cannot run does not run by a rule of runsim.json either", "[R5]") {
    const std::string blocks = R"("blocks": [)" +
                               block("retry", "custom", "", "", R"(, "retry_config": {"retrys": 1})") + ", " +
                               block("worker", "custom", "", "", R"(, "executor_type": 5)") + ", " +
                               R"({"uuid": "language", "type": "custom", "language": "latin", "upstream_blocks": [], )"
                               R"("downstream_blocks": []}])";
    World world = world_of(
        blocks, "{}",
        R"({"runs": [{"when": {"schedule": "t"}, "blocks": {"p/*": {"outcome": "ok", "duration": "1s", "error": "A: b"}}}]})");
    CHECK(row(world, "retry").status == BlockRunStatus::failed);
    CHECK(error_of(row(world, "retry")) == "RetryConfig.__init__() got an unexpected keyword argument 'retrys'");
    CHECK(row(world, "worker").status == BlockRunStatus::running);
    CHECK(row(world, "language").status == BlockRunStatus::failed);
    CHECK(error_of(row(world, "language")) == "'latin'");
}

TEST_CASE("a value counts the same whether a call wrote it or the project brought it", "[R5]") {
    struct Case {
        std::string key, value;
        BlockRunStatus status;
        std::string error;
        int attempts;  // that ended
    };
    const std::string boom = "the block failed";
    const std::vector<Case> cases = {
        {"retry_config", R"({"retries": 1.5, "delay": 0})", BlockRunStatus::failed, boom, 2},
        {"retry_config", R"({"retries": true, "delay": false})", BlockRunStatus::failed, boom, 2},
        {"retry_config", R"({"retries": -1})", BlockRunStatus::failed, boom, 1},
        {"retry_config", R"({"retries": null})", BlockRunStatus::failed,
         "unsupported operand type(s) for +: 'NoneType' and 'int'", 1},
        {"retry_config", R"({"retries": "2"})", BlockRunStatus::failed,
         R"(can only concatenate str (not "int") to str)", 1},
        {"retry_config", R"({"retries": []})", BlockRunStatus::failed,
         R"(can only concatenate list (not "int") to list)", 1},
        {"retry_config", R"({"retries": {}})", BlockRunStatus::failed,
         "unsupported operand type(s) for +: 'dict' and 'int'", 1},
        {"retry_config", R"({"retries": 1, "delay": "1"})", BlockRunStatus::failed, boom, 1},
        {"retry_config", R"({"retries": 1, "delay": -1})", BlockRunStatus::failed, boom, 1},
        {"retry_config", R"({"retries": 1, "delay": 0, "max_delay": null})", BlockRunStatus::failed, boom, 1},
        {"retry_config", R"({"retries": 2, "delay": 0.5, "exponential_backoff": "no"})", BlockRunStatus::failed, boom,
         3},
        {"retry_config", "5", BlockRunStatus::running, "", 0},
        {"retry_config", "[]", BlockRunStatus::failed, boom, 1},
        {"executor_type", "5", BlockRunStatus::running, "", 0},
        {"timeout", R"("2s")", BlockRunStatus::failed, boom, 1},
        {"timeout", "true", BlockRunStatus::failed, "", 0},
        {"timeout", "-1", BlockRunStatus::failed, "", 0},
    };
    const std::string runsim = R"({"blocks": {"*": {"outcome": "fail", "duration": "30s"}}})";
    for (const Case& c : cases) {
        INFO(c.key << ": " << c.value);
        const std::string member = "\"" + c.key + "\": " + c.value;
        World brought = world_of(R"("blocks": [)" + block("a", "custom", "", "", ", " + member) + "]", "{}", runsim);
        World written = world_of(R"("blocks": [)" + block("a", "custom", "", "") + "]", "{}", runsim);
        call(written, "PUT", "/api/pipelines/p/blocks/a", "{\"block\": {" + member + "}}");
        call(written, "DELETE", "/api/pipeline_runs/1");
        call(written, "POST", "/api/pipeline_schedules/1/pipeline_runs/t", "{}");
        written.advance_to(written.now() + Duration::minutes(2));
        for (const World* world : {&brought, &written}) {
            CHECK(row(*world, "a").status == c.status);
            CHECK(error_of(row(*world, "a")) == c.error);
            CHECK(row(*world, "a").attempts == c.attempts);
        }
    }
}

TEST_CASE("one block alone runs without a worker: only what is wrong with its code stops it", "[R5]") {
    const std::string blocks = R"("blocks": [)" +
                               block("retry", "custom", "", "", R"(, "retry_config": {"retrys": 1})") + ", " +
                               block("worker", "custom", "", "", R"(, "executor_type": 5)") + ", " +
                               block("copy", "custom", "", "", R"(, "replicated_block": "copy")") + ", " +
                               block("gone", "custom", "", "") + "]";
    World world = world_of(blocks, R"({"gone": "custom/gone.py"})");
    const auto answer = [&world](std::string_view uuid) {
        return call(world, "POST", "/api/runs/t",
                    R"({"run": {"pipeline_uuid": "p", "block_uuid": ")" + std::string(uuid) + "\"}}")
            .body;
    };
    CHECK(answer("retry") == R"({"run": {"output": []}})");
    CHECK(answer("worker") == R"({"run": {"output": []}})");
    CHECK(answer("copy").find("maximum recursion depth exceeded") != std::string::npos);
    CHECK(answer("gone").find("Block gone does not have any decorated functions.") != std::string::npos);
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

TEST_CASE("the detail of a pipeline says which file of a block is not there", "[A2]") {
    const std::string blocks =
        R"("blocks": [)" + block("gone", "custom", "", "") + ", " +
        block("copy", "custom", "", "", R"(, "replicated_block": "gone")") +
        R"(, {"uuid": "query", "type": "data_loader", "language": "sql", "upstream_blocks": [], )"
        R"("downstream_blocks": []}, )" +
        block("product", "global_data_product", "", "") + R"(], "conditionals": [)" +
        block("gate", "conditional", R"("gone")", "") + R"(], "widgets": [)" +
        block("chart", "chart", R"("gone")", "") + "]";
    World world =
        world_of(blocks, R"({"gone": "-", "copy": "-", "query": "-", "product": "-", "gate": "-", "chart": "-"})");
    const api::Response detail = call(world, "GET", "/api/pipelines/p");
    CHECK(
        detail.body.find(
            R"("content": "", "outputs": [], "error": {"error": "No such file or directory", "message": "You may have )"
            R"(moved it or changed its filename. Delete the current block to remove it from the pipeline or write code )"
            R"(and save the pipeline to create a new file at /home/src/lab/custom/gone.py."}, "metadata": {}, )"
            R"("tags": []})") != std::string::npos);
    CHECK(at(detail, "pipeline.blocks.1.error").empty());
    CHECK(at(detail, "pipeline.blocks.2.error.message").ends_with(R"( /home/src/lab/data_loaders/query.sql.")"));
    CHECK(at(detail, "pipeline.blocks.3.error").empty());
    CHECK(at(detail, "pipeline.conditionals.0.error.message").ends_with(R"( /home/src/lab/conditionals/gate.py.")"));
    CHECK(at(detail, "pipeline.widgets.0.error").empty());
    for (const std::string_view other : {"?includes_outputs=false", "/blocks/gone"})
        CHECK(call(world, "GET", "/api/pipelines/p" + std::string(other)).body.find("No such file") ==
              std::string::npos);
    CHECK(row(world, "query").status == BlockRunStatus::completed);
}

TEST_CASE("a call that writes the file of a block cures it in every pipeline", "[L8]") {
    World world = world_of(R"("blocks": [)" + block("gone", "custom", "", "") + ", " +
                               block("copy", "custom", "", "", R"(, "replicated_block": "gone")") + "]",
                           R"({"gone": "custom/gone.py"})");
    const auto run = [&world](std::int64_t number) {
        call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/t", "{}");
        world.advance_to(world.now() + Duration::minutes(2));
        const Run* made = world.instance().store.run(RunId{static_cast<std::uint32_t>(number)});
        REQUIRE(made);
        return made->status;
    };
    CHECK(run(2) == RunStatus::failed);
    call(world, "PUT", "/api/pipelines/p/blocks/copy", R"({"block": {"color": "teal"}})");
    CHECK(run(3) == RunStatus::failed);  // the pipeline is another now, its file is not
    call(world, "POST", "/api/blocks", R"({"block": {"name": "gone", "type": "custom", "content": "x = 1"}})");
    CHECK(run(4) == RunStatus::completed);
    CHECK(call(world, "GET", "/api/pipelines/p").body.find("No such file") == std::string::npos);
}

TEST_CASE("a block whose file is not there misses it under another name, too", "[L8]") {
    World world = world_of(R"("blocks": [)" + block("gone", "custom", "", "") + "]", R"({"gone": "custom/gone.py"})");
    const auto renamed = call(world, "PUT", "/api/pipelines/p/blocks/gone", R"({"block": {"name": "other"}})");
    CHECK(at(renamed, "block.configuration.file_path") == R"("custom/other.py")");
    CHECK(at(call(world, "GET", "/api/pipelines/p"), "pipeline.blocks.0.error.message")
              .ends_with(R"( /home/src/lab/custom/other.py.")"));
}

TEST_CASE("a project document that names no missing file misses none", "[L8]") {
    World world = world_of(R"("blocks": [)" + block("gone", "custom", "", "") + "]", "{}");
    CHECK(row(world, "gone").status == BlockRunStatus::completed);
}
