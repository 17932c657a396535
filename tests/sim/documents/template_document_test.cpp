#include <tuple>

#include "sim/documents/pipeline_document.hpp"
#include "sim/loaded_project.hpp"
#include "support/api_fixture.hpp"

using namespace runsim;
using namespace runsim::test;

// custom_templates/ of a project. tests/wasm/projects-like-published.test.ts has what a real server answers.

namespace {

LoadedProject with_templates(const std::string& templates) {
    auto loaded = read_project_document(R"({"custom_templates": )" + templates + ", " + document({}).substr(1));
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    return std::move(loaded).value();
}

constexpr std::string_view kGone = "'NoneType' object has no attribute 'to_dict'";

}  // namespace

TEST_CASE("templates are listed and shown, and not changed", "[real-clients C8]") {
    const LoadedProject loaded = with_templates(
        R"({"blocks": [{"uuid": "a/b", "metadata": {"name": "B", "user": null, "block_type": "custom"}, "content": "x"}],)"
        R"( "pipelines": [{"uuid": "diamond", "metadata": {"pipeline": {"blocks": [)" +
        block("one", "custom", "", "") +
        R"(], "type": "python"}}}, {"uuid": "none", "metadata": {"pipeline": null}}]})");
    CHECK(loaded.notes.empty());
    ApiFixture api(Dialect::sqlite, loaded.project);
    const std::string shown =
        R"({"block_type": "custom", "color": null, "configuration": null, "description": null, "language": null, )"
        R"("name": "B", "pipeline": {}, "tags": [], "user": null, "template_uuid": "a/b", )"
        R"("uuid": "custom_templates/blocks/a/b")";
    CHECK(api.body_of("GET /api/custom_templates?object_type=blocks") ==
          "{\"custom_templates\": [" + shown + "}], \"metadata\": {}}");
    CHECK(api.body_of("GET /api/custom_templates/a%2Fb?object_type=blocks") ==
          "{\"custom_template\": " + shown + R"(, "content": "x"}, "metadata": null})");
    CHECK(api.body_of("GET /api/custom_templates") == R"({"custom_templates": [], "metadata": {}})");
    // The pipeline of a template has the template's name and blocks, whatever pipelines there are.
    const std::string detail = api.body_of("GET /api/custom_templates/diamond?object_type=pipelines");
    CHECK(detail.find(R"("uuid": "diamond", "variables_dir")") != std::string::npos);
    CHECK(detail.find(
              R"("uuid": "one", "callback_blocks": [], "conditional_blocks": [], "metadata": {}, "tags": []}])") !=
          std::string::npos);
    CHECK(detail.find("updated_at") == std::string::npos);

    const std::string made = R"({"pipeline": {"name": "x", "custom_template_uuid": "diamond"}})";
    const std::string added =
        R"({"block": {"name": "x", "type": "custom", "config": {"custom_template_uuid": "a/b"}}})";
    const std::tuple<std::string_view, std::string_view, std::string_view> refused[] = {
        {"GET /api/custom_templates/a%2Fb", "", "type object 'NoneType' has no attribute 'presenter_class'"},
        {"GET /api/custom_templates/a%2Fb?object_type=pipelines", "", kGone},
        {"GET /api/custom_templates/a?object_type=blocks", "", kGone},
        {"GET /api/custom_templates/none?object_type=pipelines", "",
         "Pipeline none does not exist in repo_path /home/src/lab."},
        {"GET /api/custom_templates?object_type=pipelines&_format=detail", "",
         "Pipeline none does not exist in repo_path /home/src/lab."},
        {"POST /api/custom_templates", R"({"custom_template": {"object_type": "blocks"}})",
         "runsim does not simulate the create action of custom_templates."},
        {"DELETE /api/custom_templates/a%2Fb?object_type=blocks", "",
         "runsim does not simulate the delete action of custom_templates."},
        {"POST /api/pipelines", made, "runsim does not simulate pipelines made of a template."},
        {"POST /api/pipelines/diamond/blocks", added, "runsim does not simulate blocks made of a template."},
    };
    for (const auto& [call, body, exception] : refused) {
        CAPTURE(call);
        CHECK(api.exception_of(call, body) == exception);
    }
}

TEST_CASE("a template that Mage cannot read is not there, and a note says so", "[real-clients C8]") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"("unreadable": "line 1: nothing")", "line 1: nothing; as in Mage, there is no such template"},
        {R"("metadata": [1])", "[1] is not a mapping of keys and values; as in Mage, there is no such template"},
        {R"("metadata": {"name": "n", "kind": 1})",
         "kind: Mage knows no such key; as in Mage, there is no such template"},
        {R"("metadata": {"custom_block_template": {"template": 1}})",
         "template: Mage knows no such key; as in Mage, there is no such template"},
    };
    for (const auto& [members, note] : cases) {
        CAPTURE(members);
        const LoadedProject loaded = with_templates(R"({"blocks": [{"uuid": "t", )" + std::string(members) + "}]}");
        CHECK(loaded.project->templates.blocks.empty());
        CHECK(loaded.notes == Notes{"custom_templates/blocks/t/metadata.yaml: " + std::string(note)});
    }
}

TEST_CASE("what a template's file may hold", "[real-clients C8]") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"null", ""},
        {"{}", ""},
        {R"({"custom_block_template": {"name": "n"}, "other": 1})", ""},
        {R"({"content": 1, "repo_path": 2, "template_uuid": 3, "color": 4, "configuration": [], "user": 5})", ""},
        {R"({"name": ["a", "b"], "tags": "one"})", ""},
        {R"({"name": 5})", "name: 5 is not a text: a real Mage does not start with it"},
        {R"({"tags": ["a", 1]})", R"(tags: ["a", 1] is not a text: a real Mage does not start with it)"},
    };
    for (const auto& [metadata, note] : cases) {
        CAPTURE(metadata);
        const LoadedProject loaded =
            with_templates(R"({"blocks": [{"uuid": "t", "metadata": )" + std::string(metadata) + "}]}");
        CHECK(loaded.project->templates.blocks.size() == 1);
        CHECK(loaded.notes ==
              (note.empty() ? Notes() : Notes{"custom_templates/blocks/t/metadata.yaml: " + std::string(note)}));
    }
}

TEST_CASE("a document whose templates are no templates is refused", "[real-clients C8]") {
    const std::string templates = R"({"blocks": [5, {}, {"uuid": "x", "code": ""}], "charts": []})";
    const auto loaded = read_project_document(R"({"custom_templates": )" + templates + ", " + document({}).substr(1));
    REQUIRE(!loaded);
    CHECK(loaded.error().message ==
          "project document: custom_templates.charts: no such key (there are: blocks, pipelines)\n"
          "project document: custom_templates.blocks[0]: 5 is not a template (an object of uuid, metadata)\n"
          "project document: custom_templates.blocks[1].uuid: is missing\n"
          "project document: custom_templates.blocks[2].code: no such key (there are: uuid, metadata, content, "
          "unreadable)");
}
