#include "sim/documents/scenario.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

using namespace runsim;

namespace {

using Notes = std::vector<std::string>;

Notes notes_of(std::string_view metadata_members) {
    DocumentParts parts;
    parts.pipelines = "[" + pipeline("p", metadata_members) + "]";
    const auto loaded = read_project_document(document(parts));
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    return loaded->notes;
}

Notes notes_of_block(std::string_view members) {
    return notes_of(R"("blocks": [)" + block("b", "custom", "", "", members) + "]");
}

}  // namespace

TEST_CASE("what a project asks for and does not get is noted") {
    const std::string file = "pipelines/p/metadata.yaml: ";
    CHECK(notes_of(R"("type": "integration")") ==
          Notes{file + "an integration pipeline is simulated with one stream of one batch, whatever its catalog says"});
    CHECK(notes_of(R"("type": "streaming", "retry_config": {"retries": 1})").empty());
    CHECK(notes_of(R"("executor_type": "k8s")") ==
          Notes{file + "executor_type is not simulated: its blocks run as with local_python"});
    CHECK(notes_of_block(R"(, "configuration": {"dynamic": {"parent": true}})") ==
          Notes{file +
                "block \"b\": configuration.dynamic with modes (version 2 of dynamic blocks) is not simulated: it "
                "is an ordinary block"});
    CHECK(notes_of_block(R"(, "executor_type": "ecs")") ==
          Notes{file + "block \"b\": executor_type is not simulated: it runs as with local_python"});
    CHECK(notes_of_block(R"(, "catalog": {"streams": [1]})") ==
          Notes{file + "block \"b\": a block of data integration within a batch pipeline is not simulated: it is an "
                       "ordinary block"});
}

TEST_CASE("what is simulated needs no note") {
    CHECK(notes_of(R"("type": "streaming")").empty());
    CHECK(notes_of(R"("executor_type": "local_python", "run_pipeline_in_one_process": true)").empty());
    CHECK(notes_of(R"("executor_type": "", "retry_config": {"retries": 1})").empty());
    CHECK(notes_of_block(R"(, "configuration": {"dynamic": true}, "timeout": 5, "catalog": null)").empty());
}
