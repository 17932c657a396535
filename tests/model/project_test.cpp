#include "model/project.hpp"

#include "support/catch.hpp"

using namespace runsim;

namespace {

Project project_of(const std::vector<std::string>& uuids) {
    Project project;
    project.symbols.intern("a block that came first");
    for (const std::string& uuid : uuids) {
        Pipeline pipeline;
        pipeline.uuid = uuid;
        pipeline.symbol = project.symbols.intern(uuid);
        for (const char* name : {"load", "transform", "export"}) {
            Block block;
            block.uuid = name;
            pipeline.blocks.push_back(std::move(block));
        }
        project.pipelines.push_back(std::move(pipeline));
    }
    return project;
}

}  // namespace

TEST_CASE("a project finds its pipelines by text and by symbol") {
    for (const auto& uuids : std::vector<std::vector<std::string>>{
             {}, {"one"}, {"a", "b"}, {"Z", "_", "diamond", "diamond_2", "example_pipeline"}}) {
        Project project = project_of(uuids);
        for (std::size_t i = 0; i < uuids.size(); ++i) {
            CHECK(project.find_pipeline(uuids[i]) == &project.pipelines[i]);
            CHECK(project.find_pipeline(project.pipelines[i].symbol) == &project.pipelines[i]);
        }
        for (const char* absent : {"", "0", "diamon", "diamond_", "zz"})
            CHECK(project.find_pipeline(absent) == nullptr);
        CHECK(project.find_pipeline(Symbol{}) == nullptr);
        CHECK(project.find_pipeline(Symbol{1}) == nullptr);
    }
}

TEST_CASE("a symbol that a world added names no pipeline of the project") {
    const Project project = project_of({"a", "b"});
    SymbolTable of_world = project.symbols;
    CHECK(project.find_pipeline(of_world.intern("deleted_pipeline")) == nullptr);
    CHECK(project.find_pipeline(of_world.intern("b")) == &project.pipelines[1]);
}

TEST_CASE("a pipeline finds its blocks by their uuid") {
    const Project project = project_of({"a"});
    const Pipeline& pipeline = project.pipelines.front();
    CHECK(pipeline.find_block("load") == &pipeline.blocks[0]);
    CHECK(pipeline.find_block("export") == &pipeline.blocks[2]);
    CHECK(pipeline.find_block("expor") == nullptr);
    CHECK(pipeline.find_block("") == nullptr);
}
