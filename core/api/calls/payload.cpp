#include "api/calls/payload.hpp"

#include "api/calls/resource.hpp"

namespace runsim::api {

Outcome unwrap_payload(Call& call, const json::Value& body, std::string_view singular) {
    if (!body.truthy()) return Done{};
    const json::Object* root = body.object();
    if (!root) return no_attribute(body.python_type(), "get");
    const json::Value* payload = root->find(singular);
    if (!payload || (payload->is_null() && call.resource->date_keys.empty())) return Done{};
    if (!payload->object()) {
        return no_attribute(payload->python_type(), call.resource->date_keys.empty() ? "keys" : "get");
    }
    call.payload = *payload->object();
    for (const std::string_view key : call.resource->date_keys) {
        const json::Value* value = call.payload.find(key);
        if (!value || !value->string()) continue;
        auto date = parse_lenient_date(*value->string(), call.instance.now);
        if (!date) return Failure(Exception{"dateutil.parser._parser.ParserError", date.error().message});
        call.dates.emplace_back(key, *date);
    }
    return Done{};
}

}  // namespace runsim::api
