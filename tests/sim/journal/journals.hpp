#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/journal/recorded_world.hpp"
#include "sim/worlds.hpp"

namespace runsim {

inline constexpr Instant kWorldStart{1'767'225'600'000'000};  // 2026-01-01 00:00:00

inline RecordedWorld checked(Result<RecordedWorld> world) {
    INFO((world ? "" : world.error().message));
    REQUIRE(world);
    return std::move(world).value();
}
inline RecordedWorld recorded(const DocumentParts& parts, const RecordedWorld::Limits& limits = {}) {
    return checked(RecordedWorld::create(document(parts), limits));
}
inline RecordedWorld played(std::string_view journal) { return checked(RecordedWorld::play(journal, {})); }
inline RecordedWorld loaded(std::string_view snapshot) { return checked(RecordedWorld::load(snapshot, {})); }

// A schedule every two minutes, so that much happens.
inline DocumentParts busy() {
    DocumentParts parts = with_trigger();
    parts.runsim = R"({"blocks": {"*": {"duration": ["1s", "9s"], "fails_ppm": 100000}}, "schedules": [)"
                   R"({"pipeline": "diamond", "name": "often", "schedule_type": "time", "schedule_interval": )"
                   R"("*/2 * * * *", "status": "active"}]})";
    return parts;
}

inline api::Response ask(RecordedWorld& world, std::string_view method, std::string_view target,
                         std::string_view body = "", std::string_view headers = "") {
    std::string request(method);
    request.append(" ").append(target).append("\n");
    if (!body.empty()) request += "Content-Type: application/json\n";
    request.append(headers).append("\n").append(body);
    return world.handle_bytes(request);
}

inline api::Response trigger(RecordedWorld& world) {
    return ask(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "{}");
}

// "POST /api/...": the calls of a world's journal.
inline std::vector<std::string> calls_of(const RecordedWorld& world) {
    const auto journal = json::parse(world.journal());
    REQUIRE(journal);
    std::vector<std::string> calls;
    for (const json::Value& call : *journal->object()->array("calls"))
        calls.push_back(*call.object()->text("method") + " " + *call.object()->text("target"));
    return calls;
}

}  // namespace runsim
