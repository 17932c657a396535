#include "api/pipelines/find_template.hpp"
#include "api/pipelines/pipeline_text.hpp"
#include "api/ui/handlers.hpp"
#include "json/write.hpp"

// The templates of blocks and pipelines that the project brings (http-api.md 5.14).
namespace runsim::api {

namespace {

// The templates of the kind that the query names. Returns nullptr if it names none.
const std::vector<CustomTemplate>* templates_asked_for(const Call& call) {
    const std::string* kind = call.query.first("object_type");
    if (kind && *kind == "blocks") return &call.project().templates.blocks;
    if (kind && *kind == "pipelines") return &call.project().templates.pipelines;
    return nullptr;
}

Outcome append_template(const Call& call, const CustomTemplate& found, std::string& out) {
    const std::string& kind = *call.query.first("object_type");
    const bool in_detail = call.format() == "detail";
    const json::Value metadata = found.metadata.value();
    json::Writer w(out);
    w.begin_object();
    for (const json::Member& member : *metadata.object()) {
        if (kind == "pipelines" && member.key == "pipeline" && in_detail) {
            if (!found.detail_error.empty()) return plain_exception(found.detail_error);
            std::string pipeline;
            append_pipeline(
                pipeline, call.instance, *found.pipeline,
                {.detail = true, .extensions = true, .content = false, .outputs = false, .is_saved = false});
            w.raw_member("pipeline", pipeline);
        } else {
            w.member(member.key, member.value);
        }
    }
    w.member("template_uuid", found.uuid);
    w.member("uuid", "custom_templates/" + kind + "/" + found.uuid);
    if (kind == "blocks" && (in_detail || call.format() == "update")) w.member("content", found.content);
    w.end_object();
    return Done{};
}

}  // namespace

Outcome list_templates(Call& call, std::string& out) {
    const std::vector<CustomTemplate>* templates = templates_asked_for(call);
    if (!templates) return list_nothing(call, out);
    out += '[';
    for (const CustomTemplate& found : *templates) {
        if (&found != &templates->front()) out += ", ";
        if (auto done = append_template(call, found, out); !done) return done;
    }
    out += ']';
    return Done{};
}

Outcome show_template(Call& call, std::string& out) {
    const std::vector<CustomTemplate>* templates = templates_asked_for(call);
    if (!templates) return attribute_error("type object 'NoneType' has no attribute 'presenter_class'");
    const CustomTemplate* found = find_template(*templates, call.pk);
    return found ? append_template(call, *found, out) : Outcome(no_attribute("NoneType", "to_dict"));
}

}  // namespace runsim::api
