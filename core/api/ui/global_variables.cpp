#include "api/ui/handlers.hpp"
#include "json/write.hpp"

// The global variables of a pipeline. What blocks put out is not kept, so that there are no others, whatever
// `global_only` says.
namespace runsim::api {

Outcome list_variables(Call& call, std::string& out) {
    if (!call.parent) return no_attribute("NoneType", "uuid");
    if (!call.parent->pipeline) return no_attribute(call.parent->resource->class_name, "uuid");
    const Pipeline& pipeline = *call.parent->pipeline;
    const json::Value variables = pipeline.variables.value();
    json::Writer w(out);
    w.begin_array();
    w.begin_object();
    w.raw_member("block", "{\"uuid\": \"global\"}");
    w.member("name", nullptr);
    w.begin_object("pipeline");
    w.member("uuid", pipeline.uuid);
    w.end_object();
    w.member("value", nullptr);
    w.begin_array("variables");
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

}  // namespace runsim::api
