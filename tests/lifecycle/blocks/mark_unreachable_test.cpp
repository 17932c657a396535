#include <string_view>

#include "support/catch.hpp"
#include "support/project_builder.hpp"
#include "support/stage.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

struct Row {
    std::string_view blocks;
    RunStatus run;
};

void check(ProjectBuilder& builder, const Row& expected) {
    Stage stage(builder.build());
    const ScheduleId hook = stage.add_schedule("p", ScheduleType::api);
    stage.set_settings(hook, R"({"allow_blocks_to_fail": true})");
    const RunId run = stage.trigger(hook);
    stage.advance(Duration::minutes(5));
    CHECK(stage.blocks(run) == expected.blocks);
    CHECK(stage.run(run).status == expected.run);
}

}  // namespace

TEST_CASE("a replica below a broken replica stays initial, and its run never ends", "[L1][lifecycle 2.3]") {
    ProjectBuilder builder;
    builder.pipeline("p").block("r").block("b", {"r"});
    SECTION("below a condition that is false") {
        builder.conditional("no", false);
        builder.block("c", {"b"}).replica_of("r").block("d", {"c"}).replica_of("r").block("e", {"d"});
        check(builder,
              {"r completed, b condition_failed, c:r condition_failed, d:r initial, e initial", RunStatus::running});
    }
    SECTION("below a block that failed") {
        builder.fails();
        builder.block("c", {"b"}).replica_of("r").block("d", {"c"}).replica_of("r").block("e", {"d"});
        check(builder, {"r completed, b failed, c:r upstream_failed, d:r initial, e initial", RunStatus::running});
    }
    SECTION("below a replica that fails itself, where a plain block is marked") {
        builder.block("c", {"b"}).replica_of("r").fails().block("d", {"c"}).replica_of("r").block("e", {"c"});
        check(builder, {"r completed, b completed, c:r failed, d:r initial, e upstream_failed", RunStatus::running});
    }
    SECTION("a plain block between cures it: a false condition") {
        builder.conditional("no", false);
        builder.block("c", {"b"}).replica_of("r").block("plain", {"c"}).block("d", {"plain"}).replica_of("r");
        check(builder, {"r completed, b condition_failed, c:r condition_failed, plain condition_failed, d:r "
                        "condition_failed",
                        RunStatus::completed});
    }
    SECTION("a plain block between cures it: a failure") {
        builder.fails();
        builder.block("c", {"b"}).replica_of("r").block("plain", {"c"}).block("d", {"plain"}).replica_of("r");
        check(builder, {"r completed, b failed, c:r upstream_failed, plain upstream_failed, d:r upstream_failed",
                        RunStatus::failed});
    }
}
