#pragma once

#include <string>
#include <string_view>

#include "base/text/text.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"
#include "sim/world/world.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"

namespace runsim {

inline World make_world(const DocumentParts& parts = {}) {
    auto world = World::create(document(parts));
    INFO((world ? "" : world.error().message));
    REQUIRE(world);
    return std::move(world).value();
}

// One api schedule with id 1 over `diamond`, whose blocks take two seconds.
inline DocumentParts with_trigger() {
    DocumentParts parts;
    parts.runsim = R"({"blocks": {"*": {"duration": "2s"}}, "schedules": [{"id": 1, "pipeline": "diamond", )"
                   R"("name": "hook", "schedule_type": "api", "status": "active",
                       "token": "0123456789abcdef0123456789abcdef"}]})";
    return parts;
}

inline api::Response call(World& world, std::string_view method, std::string_view target, std::string_view body = "") {
    api::Request request{method, target, {}, body};
    if (!body.empty()) request.headers = {{"Content-Type", "application/json"}};
    return world.handle(request);
}

// The value at a path of keys and indexes ("pipeline_runs.0.status") of an answer, as JSON text; "" where there is
// none.
inline std::string at(const api::Response& response, std::string_view path) {
    auto value = json::parse(response.body);
    if (!value) return "";
    const json::Value* here = &*value;
    for (const std::string_view step : split(path, '.')) {
        if (const json::Array* list = here->array()) {
            const auto index = parse_python_int(step);
            here = index && index->value < static_cast<std::int64_t>(list->size())
                       ? &(*list)[static_cast<std::size_t>(index->value)]
                       : nullptr;
        } else {
            here = here->object() ? here->object()->find(step) : nullptr;
        }
        if (!here) return "";
    }
    return json::to_text(*here);
}

}  // namespace runsim
