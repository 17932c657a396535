#include "api/pipelines/block_output.hpp"
#include "api/pipelines/pipeline_content.hpp"
#include "api/pipelines/pipeline_file.hpp"
#include "api/ui/handlers.hpp"
#include "base/text/text.hpp"
#include "base/text/unicode.hpp"
#include "json/write.hpp"

// The global variables of a pipeline, which are in its file (http-api.md 5.11).
namespace runsim::api {

namespace {

ResultOf<const Pipeline*> pipeline_of(const Call& call) {
    if (!call.parent) return no_attribute("NoneType", "uuid");
    if (!call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "uuid");
    return call.parent->pipeline;
}

// Python's str.isidentifier, except that every printable character beyond ASCII counts as a letter.
bool is_identifier(std::string_view text) {
    if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        const bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!ascii && (c < 0x80 || !is_printable(c) || is_space(c))) return false;
    }
    return true;
}

json::Object variables_of(const json::Object& content) {
    const json::Object* variables = content.object("variables");
    return variables ? *variables : json::Object();
}

// `shown` is the variable's name in messages: its name, or the path's text.
Outcome set_variable(Call& call, const Pipeline& pipeline, std::string_view shown, std::string& out) {
    const json::Value* name = call.payload.find("name");
    if (!name || !name->string()) return no_attribute(name ? name->python_type() : "NoneType", "isidentifier");
    const std::string about = "variable name " + std::string(shown.empty() ? *name->string() : shown) + ".";
    if (!is_identifier(*name->string())) return invalid("Invalid variable name syntax for " + about);
    const json::Value* value = call.payload.find("value");
    if (!value || value->is_null()) return invalid("Value is empty for " + about);

    json::Object content = loaded_content(pipeline);
    json::Object variables = variables_of(content);
    variables.set(*name->string(), *value);
    content.set("variables", std::move(variables));
    const std::string uuid = pipeline.uuid;
    save_content(call.instance, pipeline, std::move(content));

    json::Writer w(out);
    w.begin_object();
    w.raw_member("block", "{\"uuid\": \"global\"}");
    w.member("name", *name->string());
    w.begin_object("pipeline");
    w.member("uuid", uuid);
    w.end_object();
    w.member("value", *value);
    w.begin_array("variables");
    const json::Value saved = call.project().find_pipeline(uuid)->variables.value();
    for (const json::Member& member : *saved.object()) w.string(member.key);
    w.end_array();
    w.end_object();
    return Done{};
}

// Begins an item of the list. The caller adds the variables of the block.
void begin_variables(json::Writer& w, std::string_view block_uuid, std::string_view pipeline_uuid) {
    w.begin_object();
    w.begin_object("block");
    w.member("uuid", block_uuid);
    w.end_object();
    w.member("name", nullptr);
    w.begin_object("pipeline");
    w.member("uuid", pipeline_uuid);
    w.end_object();
    w.member("value", nullptr);
    w.key("variables");
}

}  // namespace

Outcome list_variables(Call& call, std::string& out) {
    const auto pipeline = pipeline_of(call);
    if (!pipeline) return pipeline.error();
    const json::Value variables = (*pipeline)->variables.value();
    json::Writer w(out);
    w.begin_array();
    if (!call.query.truthy("global_only")) {
        for (const Block& block : (*pipeline)->blocks) {
            if (!block.model.output.value.has_value() || !is_executed(call.instance, **pipeline, block.uuid)) continue;
            begin_variables(w, block.uuid, (*pipeline)->uuid);
            append_output_variables(w, block.model.output);
            w.end_object();
        }
    }
    begin_variables(w, "global", (*pipeline)->uuid);
    w.begin_array();
    if (const json::Object* object = variables.object()) {
        for (const json::Member& member : *object) {
            w.begin_object();
            w.member("uuid", member.key);
            w.member("type", "<class '" + std::string(member.value.python_type()) + "'>");
            w.key("value");
            w.value(member.value);
            w.end_object();
        }
    }
    w.end_array();
    w.end_object();
    w.end_array();
    return Done{};
}

Outcome create_variable(Call& call, std::string& out) {
    const auto project = call.instance.project;  // which the change replaces
    const auto pipeline = pipeline_of(call);
    return pipeline ? set_variable(call, **pipeline, "", out) : Outcome(pipeline.error());
}

// The payload determines the variable; the path is only used in messages.
Outcome update_variable(Call& call, std::string& out) {
    const auto project = call.instance.project;  // which the change replaces
    const auto pipeline = pipeline_of(call);
    return pipeline ? set_variable(call, **pipeline, call.pk, out) : Outcome(pipeline.error());
}

Outcome delete_variable(Call& call, std::string& out) {
    const auto project = call.instance.project;  // which the change replaces
    const auto pipeline = pipeline_of(call);
    if (!pipeline) return pipeline.error();
    json::Object content = loaded_content(**pipeline);
    if (!content.object("variables")) return type_error("'NoneType' object does not support item deletion");
    json::Object variables = variables_of(content);
    const std::string name(call.pk);
    if (!variables.erase(name)) return Failure(Exception{"KeyError", python_repr(name)});
    content.set("variables", std::move(variables));
    save_content(call.instance, **pipeline, std::move(content));
    json::Writer w(out);
    w.begin_object();
    w.raw_member("block", "null");
    w.member("name", name);
    w.raw_member("pipeline", "null");
    w.raw_member("value", "null");
    w.raw_member("variables", "null");
    w.end_object();
    return Done{};
}

}  // namespace runsim::api
