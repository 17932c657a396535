#include "sim/journal/compare.hpp"

#include "sim/journal/journals.hpp"

using namespace runsim;

namespace {

json::Value compared(const RecordedWorld& a, const RecordedWorld& b) {
    const std::string text = compare(a.world(), b.world());
    INFO(text);
    auto value = json::parse(text);
    REQUIRE(value);
    return std::move(value).value();
}

std::string text_at(const json::Value& value, std::string_view path) {
    api::Response response;
    response.body = json::to_text(value);
    return at(response, path);
}

}  // namespace

TEST_CASE("where one block fails, a comparison shows exactly what follows") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    RecordedWorld other = world;
    ask(other, "PUT", "/__sim/pipeline_runs/1/blocks/left", R"({"outcome": "fail"})");
    for (RecordedWorld* one : {&world, &other}) one->advance_to(kWorldStart + Duration::minutes(3));
    const json::Value difference = compared(world, other);
    CHECK(text_at(difference, "first_transition.a.block_uuid") == "\"left\"");
    CHECK(text_at(difference, "first_transition.a.to") == "\"completed\"");
    CHECK(text_at(difference, "first_transition.b.to") == "\"failed\"");
    CHECK(text_at(difference, "only_in_a") == "[]");
    CHECK(text_at(difference, "only_in_b") == "[]");
    CHECK(text_at(difference, "pipeline_runs.0.a.id") == "1");
    CHECK(text_at(difference, "pipeline_runs.0.a.status") == "\"completed\"");
    CHECK(text_at(difference, "pipeline_runs.0.b.status") == "\"failed\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.0.block_uuid") == "\"left\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.0.b.status") == "\"failed\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.1.block_uuid") == "\"export\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.1.a.status") == "\"completed\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.1.b.status") == "\"cancelled\"");
    CHECK(text_at(difference, "pipeline_runs.0.block_runs.2") == "");
    CHECK(text_at(difference, "pipeline_runs.1") == "");
}

TEST_CASE("a run that only one world has is listed there, and does not shift the others") {
    RecordedWorld world = recorded(busy());
    world.advance_to(kWorldStart + Duration::minutes(5));
    RecordedWorld other = world;
    ask(other, "POST", "/api/pipeline_schedules/1/pipeline_runs",
        R"({"pipeline_run": {"pipeline_schedule_id": 1, "pipeline_uuid": "diamond"}})");
    for (RecordedWorld* one : {&world, &other}) one->advance_to(kWorldStart + Duration::minutes(20));
    const json::Value difference = compared(world, other);
    CHECK(text_at(difference, "only_in_a") == "[]");
    CHECK(text_at(difference, "only_in_b.0.pipeline_uuid") == "\"diamond\"");
    CHECK(text_at(difference, "only_in_b.1") == "");
    const json::Value reverse = compared(other, world);
    CHECK(text_at(reverse, "only_in_a") == text_at(difference, "only_in_b"));
    CHECK(text_at(reverse, "first_transition.number") == text_at(difference, "first_transition.number"));
}

TEST_CASE("a world that is ahead of another parts from it with its next transition") {
    RecordedWorld world = recorded(with_trigger());
    RecordedWorld ahead = world;
    trigger(ahead);
    const json::Value difference = compared(world, ahead);
    CHECK(text_at(difference, "first_transition.a") == "null");
    CHECK(text_at(difference, "first_transition.b.subject") == "\"run\"");
    CHECK(text_at(difference, "only_in_b.0.pipeline_run.status") == "\"initial\"");
}

TEST_CASE("worlds of other projects are compared by what they have") {
    RecordedWorld world = recorded(with_trigger());
    trigger(world);
    DocumentParts parts = with_trigger();
    parts.runsim.replace(parts.runsim.find("\"diamond\""), 9, "\"slow\"");
    RecordedWorld other = recorded(parts);
    trigger(other);
    const json::Value difference = compared(world, other);
    CHECK(text_at(difference, "only_in_a.0.pipeline_uuid") == "\"diamond\"");
    CHECK(text_at(difference, "only_in_b.0.pipeline_uuid") == "\"slow\"");
}
