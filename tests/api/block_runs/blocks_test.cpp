#include "json/parse.hpp"
#include "support/api_fixture.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

const std::string kBlocks = "/api/pipelines/chain/blocks";

std::string send(ApiFixture& api, const std::string& call, const std::string& fields) {
    return api.body_of(call, "{\"block\": {" + fields + "}}");
}
std::string fail(ApiFixture& api, const std::string& call, const std::string& fields) {
    return api.exception_of(call, "{\"block\": {" + fields + "}}");
}

// "first>second second>third": each block with what waits for it, in order.
std::string graph(ApiFixture& api, const std::string& pipeline = "chain") {
    const auto answer = json::parse(api.body_of("GET /api/pipelines/" + pipeline + "/blocks"));
    std::string shown;
    for (const json::Value& value : *answer->object()->array("blocks")) {
        if (!shown.empty()) shown += ' ';
        shown += *value.object()->text("uuid");
        for (const json::Value& name : *value.object()->array("downstream_blocks")) shown += ">" + *name.string();
    }
    return shown;
}

RunStatus run_to_end(ApiFixture& api) {
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    api.advance(Duration::minutes(5));
    const std::uint32_t newest = static_cast<std::uint32_t>(api.instance.store.runs().size());
    return api.instance.store.run(RunId{newest})->status;
}

std::string block_runs(const ApiFixture& api, std::uint32_t run) {
    std::string shown;
    for (const BlockRun& row : api.instance.store.block_runs_of(RunId{run})) {
        if (!shown.empty()) shown += ' ';
        shown += api.instance.store.symbols.text(row.block_uuid);
    }
    return shown;
}

}  // namespace

TEST_CASE("a block that is made stands in the graph, the list, the file and the next run",
          "[real-clients C1][http-api 5.10]") {
    ApiFixture api(Dialect::sqlite);
    api.add_schedule({.pipeline = "chain"});
    CHECK(
        send(
            api, "POST " + kBlocks,
            R"("name": "Load More", "type": "custom", "content": "x = 1", "upstream_blocks": ["first", "nobody"], "downstream_blocks": ["third"])") ==
        R"({"block": {"all_upstream_blocks_executed": false, "color": null, "configuration": {}, "downstream_blocks": ["third"], )"
        R"("executor_config": null, "executor_type": "local_python", "has_callback": false, "name": "Load More", "language": "python", )"
        R"("retry_config": null, "status": "updated", "timeout": null, "type": "custom", "upstream_blocks": ["first"], )"
        R"("uuid": "load_more", "content": "x = 1"}, "metadata": null})");
    CHECK(graph(api) == "first>second>load_more second>third third load_more>third");
    CHECK(api.body_of("GET /api/pipelines/chain").find(R"("uuid": "load_more", "callback_blocks": [])") !=
          std::string::npos);
    CHECK(api.body_of("GET " + kBlocks + "/load_more").find(R"("content": "x = 1", "outputs": []})") !=
          std::string::npos);
    CHECK(run_to_end(api) == RunStatus::completed);
    CHECK(block_runs(api, 1) == "first second third load_more");

    // Taken out again; the run that was keeps its rows, and the file its code.
    CHECK(fail(api, "DELETE " + kBlocks + "/load_more", "") ==
          "Block(s) ['third'] are depending on block load_more. Please remove the downstream blocks first.");
    CHECK(api.body_of("DELETE " + kBlocks + "/load_more?force=true").find(R"("downstream_blocks": [])") !=
          std::string::npos);
    CHECK(graph(api) == "first>second>third second>third third");
    CHECK(run_to_end(api) == RunStatus::completed);
    CHECK(block_runs(api, 2) == "first second third");
    CHECK(block_runs(api, 1) == "first second third load_more");
    CHECK(send(api, "POST " + kBlocks, R"("name": "load_more", "type": "custom")").find(R"("content": "x = 1")") !=
          std::string::npos);
}

TEST_CASE("a block that cannot be made says why", "[real-clients C1][http-api 5.10]") {
    ApiFixture api;
    struct Case {
        std::string fields;
        std::string exception;
    };
    const std::string space(41, ' ');
    const std::vector<Case> cases = {
        {R"("name": "first", "type": "data_loader")",
         "[ERR_BLOCK_EXISTS] Block first already exists." + space + "Please use a different name."},
        {R"("name": "first", "type": "custom")", "Block with uuid first already exists in pipeline chain"},
        // The first attempt has left its file.
        {R"("name": "first", "type": "custom")",
         "[ERR_BLOCK_EXISTS] Block first already exists." + space + "Please use a different name."},
        {R"("name": "x", "type": "ai")", "'NoneType' object is not callable"},
        {R"("name": "x")", "'NoneType' object is not callable"},
        {R"("type": "custom")", "'NoneType' object has no attribute 'replace'"},
        {R"("name": 5, "type": "custom")", "'int' object has no attribute 'replace'"},
        {R"("name": "x", "type": "custom", "language": "cobol")", "'cobol'"},
        {R"("name": "x", "type": "custom", "upstream_blocks": 5)", "'int' object is not iterable"},
        {R"("name": "x", "type": "custom", "upstream_blocks": [[]])", "unhashable type: 'list'"},
        {R"("name": "loop", "type": "custom", "upstream_blocks": ["third"], "downstream_blocks": ["first"])",
         "A cycle was formed while updating a block: first --> second --> third --> loop --> first"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.fields);
        CHECK(fail(api, "POST " + kBlocks, c.fields) == c.exception);
    }
    CHECK(send(api, "POST " + kBlocks, R"("name": "copy", "replicated_block": "nope")")
              .find("Replicated block nope does not exist in pipeline chain.") != std::string::npos);
    for (const std::string method : {"GET", "PUT", "DELETE"}) {
        CHECK(
            api.body_of(method + " " + kBlocks + "/nope") ==
            R"({"error": {"code": 400, "message": "Block nope does not exist in pipeline chain.", "type": "record_invalid"}, "status": 200})");
    }
    CHECK(graph(api) == "first>second second>third third");
}

TEST_CASE("links, names and settings of a block change", "[real-clients C1][http-api 5.10]") {
    ApiFixture api;
    api.add_schedule({.pipeline = "chain"});
    send(api, "PUT " + kBlocks + "/third", R"("upstream_blocks": ["first"])");
    CHECK(graph(api) == "first>second>third second third");
    send(api, "PUT " + kBlocks + "/second", R"("downstream_blocks": ["third"])");
    CHECK(graph(api) == "first>second>third second>third third");
    CHECK(fail(api, "PUT " + kBlocks + "/first", R"("color": "teal", "upstream_blocks": ["third"], "timeout": 5)") ==
          "A cycle was formed while updating a block: first --> third --> first");
    // What came before the mistake stays.
    const std::string first = api.body_of("GET " + kBlocks + "/first");
    CHECK(first.find(R"("color": "teal")") != std::string::npos);
    CHECK(first.find(R"("timeout": null)") != std::string::npos);

    const std::string renamed = send(api, "PUT " + kBlocks + "/first", R"("name": "Head")");
    CHECK(
        renamed.find(
            R"("configuration": {"file_source": {"path": "data_loaders/head.py"}, "file_path": "data_loaders/head.py"})") !=
        std::string::npos);
    CHECK(graph(api) == "head>second>third second>third third");
    CHECK(fail(api, "PUT " + kBlocks + "/second", R"("name": "Third")") ==
          "Block third already exists in pipeline. Please use a different name.");
    CHECK(run_to_end(api) == RunStatus::completed);
    CHECK(block_runs(api, 1) == "head second third");

    send(api, "PUT " + kBlocks + "/second",
         R"("configuration": {"dynamic": true}, "retry_config": {"retries": 1}, "timeout": 7)");
    const Block& second = *api.instance.project->find_pipeline("chain")->find_block("second");
    CHECK(second.dynamic);
    CHECK(second.retry.retries == 1);
    CHECK(second.timeout == 7);
}

TEST_CASE("blocks of a run that are taken out of the pipeline leave the rest alone", "[real-clients C1]") {
    ApiFixture api;
    api.add_schedule({.pipeline = "chain"});
    api.send("POST /api/pipeline_schedules/1/pipeline_runs/00000000000000000000000000000001");
    for (const std::string uuid : {"third", "second", "first"}) {
        api.advance(Duration::milliseconds(700));
        api.send("DELETE " + kBlocks + "/" + uuid);
    }
    api.advance(Duration::minutes(5));
    CHECK(graph(api).empty());
    CHECK(api.body_of("GET /api/pipeline_runs/1").starts_with("{\"pipeline_run\": {"));
    CHECK(api.body_of("GET /api/pipeline_runs/1/blocks") ==
          R"({"blocks": [], "metadata": {"count": 0, "next": false}})");
}

TEST_CASE("the list of pipelines hears of blocks when a pipeline is changed", "[real-projects A1][real-clients C1]") {
    ApiFixture api;
    const auto listed = [&api] { return api.body_of("GET /api/pipelines?search=made"); };
    api.body_of("POST /api/pipelines", R"({"pipeline": {"name": "made"}})");
    send(api, "POST /api/pipelines/made/blocks", R"("name": "only", "type": "custom", "color": "teal")");
    CHECK(listed().find(R"("blocks": [])") != std::string::npos);
    CHECK(graph(api, "made") == "only");
    api.body_of("PUT /api/pipelines/made", R"({"pipeline": {"description": null}})");
    CHECK(listed().find(R"("uuid": "only"})") != std::string::npos);
    // What the cache does not keep.
    CHECK(listed().find(R"({"all_upstream_blocks_executed": true, "color": null, )") != std::string::npos);
    CHECK(listed().find(R"("has_callback": null)") != std::string::npos);
}
