#include "sim/worlds.hpp"

using namespace runsim;

namespace {

const std::string kA = "/api/pipeline_schedules/1/pipeline_runs/" + std::string(32, 'a');

DocumentParts two_triggers() {
    const auto trigger = [](const std::string& name, char digit) {
        return R"({"name": ")" + name +
               R"(", "schedule_type": "api", "start_time": null, "schedule_interval": null, "status": "inactive", )" +
               R"("variables": {}, "settings": {}, "token": ")" + std::string(32, digit) + "\"}";
    };
    DocumentParts parts;
    parts.pipelines = "[" +
                      pipeline("p", R"("blocks": [)" + block("b", "custom", "", "") + "]",
                               R"({"triggers": [)" + trigger("A", 'a') + ", " + trigger("B", 'b') + "]}") +
                      ", " + pipeline("q", R"("blocks": [])", R"({"triggers": [)" + trigger("C", 'c') + "]}") + "]";
    return parts;
}

std::string of(World& world, int schedule, const std::string& key) {
    return at(call(world, "GET", "/api/pipeline_schedules/" + std::to_string(schedule)), "pipeline_schedule." + key);
}

void tick(World& world) { world.advance_to(world.next_tick() + Duration::microseconds(1)); }

}  // namespace

TEST_CASE("a triggers.yaml that was written is read again as a whole", "[L4][lifecycle 11.4]") {
    World world = make_world(two_triggers());
    tick(world);
    call(world, "POST", kA, "{}");
    CHECK(of(world, 1, "status") == R"("active")");
    tick(world);
    CHECK(of(world, 1, "status") == R"("active")");

    SECTION("by a change of another trigger") {
        call(world, "PUT", "/api/pipeline_schedules/2", R"({"pipeline_schedule": {"description": "x", "sla": 60}})");
        CHECK(of(world, 1, "status") == R"("active")");
        CHECK(of(world, 2, "description") == R"("x")");
        tick(world);
        CHECK(of(world, 1, "status") == R"("inactive")");
        CHECK(of(world, 2, "description") == "null");  // the file has none
        CHECK(of(world, 2, "sla") == "60");
    }
    SECTION("by the removal of another trigger") {
        call(world, "DELETE", "/api/pipeline_schedules/2");
        tick(world);
        CHECK(of(world, 1, "status") == R"("inactive")");
        CHECK(of(world, 2, "status").empty());
    }
    SECTION("by a trigger that is saved in code") {
        call(world, "POST", "/api/pipelines/p/pipeline_schedules", R"({"pipeline_schedule": {"name": "D"}})");
        call(world, "POST", "/api/pipelines/p/pipeline_triggers",
             R"({"pipeline_trigger": {"pipeline_schedule_id": 4}})");
        tick(world);
        CHECK(of(world, 1, "status") == R"("inactive")");
    }
    SECTION("by the status of the pipeline, where the file says the same") {
        call(world, "PUT", "/api/pipelines/p", R"({"pipeline": {"status": "active"}})");
        tick(world);
        CHECK(of(world, 1, "status") == R"("active")");
        CHECK(of(world, 2, "status") == R"("active")");
    }
    SECTION("not by a change in another file") {
        call(world, "PUT", "/api/pipeline_schedules/3", R"({"pipeline_schedule": {"sla": 60}})");
        tick(world);
        CHECK(of(world, 1, "status") == R"("active")");
    }
    SECTION("not by a change of a trigger that is not in code") {
        call(world, "POST", "/api/pipelines/p/pipeline_schedules", R"({"pipeline_schedule": {"name": "D"}})");
        call(world, "PUT", "/api/pipeline_schedules/4", R"({"pipeline_schedule": {"sla": 60}})");
        tick(world);
        CHECK(of(world, 1, "status") == R"("active")");
    }
    SECTION("after the scheduler was down, and in a world that was loaded") {
        call(world, "PUT", "/api/pipeline_schedules/2", R"({"pipeline_schedule": {"sla": 60}})");
        auto loaded = World::load(world.save());
        REQUIRE(loaded);
        CHECK(loaded->hash() == world.hash());
        tick(*loaded);
        CHECK(of(*loaded, 1, "status") == R"("inactive")");
    }
}

TEST_CASE("an entry follows the name of its schedule", "[L4][lifecycle 11.4]") {
    World world = make_world(two_triggers());
    tick(world);
    call(world, "PUT", "/api/pipeline_schedules/1", R"({"pipeline_schedule": {"name": "A2"}})");
    tick(world);
    CHECK(of(world, 1, "name") == R"("A2")");
    CHECK(of(world, 4, "name").empty());
}

TEST_CASE("a pipeline or the project may ask that triggers be saved in code", "[L5][lifecycle 11.1]") {
    struct Row {
        std::string project;
        std::string pipeline;  // members of its metadata.yaml, behind its blocks
        bool saves;
        std::string settings;  // in the pipeline's detail
    };
    const std::string yes = R"({"triggers": {"save_in_code_automatically": true}})";
    const std::string no = R"({"triggers": {"save_in_code_automatically": false}})";
    const Row rows[] = {
        {"{}", "", false, R"({"triggers": null})"},
        {"{}", R"(, "settings": )" + yes, true, yes},
        {R"({"pipelines": {"settings": )" + yes + "}}", "", true, R"({"triggers": null})"},
        {R"({"pipelines": {"settings": )" + yes + "}}", R"(, "settings": )" + no, false, no},
        {R"({"pipelines": {"settings": )" + no + "}}", R"(, "settings": )" + yes, true, yes},
        {R"({"pipelines": {"settings": )" + yes + "}}", R"(, "settings": {"triggers": {}})", true,
         R"({"triggers": {"save_in_code_automatically": null}})"},
        {R"({"pipelines": {"settings": null}})",
         R"(, "settings": {"triggers": {"save_in_code_automatically": 1, "x": 2}})", true,
         R"({"triggers": {"save_in_code_automatically": 1}})"},
        {R"({"pipelines": []})", R"(, "settings": {"other": 1})", false, R"({"triggers": null})"},
    };
    for (const Row& row : rows) {
        DocumentParts parts;
        parts.metadata = row.project;
        parts.pipelines = "[" + pipeline("p", R"("uuid": "p", "blocks": [])" + row.pipeline) + "]";
        INFO(row.project << " " << row.pipeline);
        World world = make_world(parts);
        call(world, "POST", "/api/pipelines/p/pipeline_schedules",
             R"({"pipeline_schedule": {"name": "P", "schedule_type": "api"}})");
        CHECK(at(call(world, "GET", "/api/pipelines/p/pipeline_triggers"), "pipeline_triggers.0.name") ==
              (row.saves ? R"("P")" : ""));
        CHECK(at(call(world, "GET", "/api/pipelines/p"), "pipeline.settings") == row.settings);
        CHECK(at(call(world, "GET", "/api/pipelines"), "pipelines.0.settings") == R"({"triggers": null})");
    }
}
