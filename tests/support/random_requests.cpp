#include "support/random_requests.hpp"

#include <array>
#include <vector>

#include "support/documents.hpp"
#include "support/pick.hpp"

namespace runsim::test {

namespace {

template <std::size_t N>
std::string one_of(Prng& prng, const std::array<std::string_view, N>& texts) {
    return std::string(texts[pick(prng, N)]);
}

std::string number(Prng& prng, std::uint64_t most) { return std::to_string(1 + prng.below(most)); }

// Four blocks; each but the first is below some of those before it.
std::string random_pipeline(Prng& prng, std::string_view uuid) {
    static constexpr std::array<std::string_view, 4> kNames = {"a", "b", "c", "d"};
    std::array<std::vector<std::string_view>, 4> up;
    std::array<std::vector<std::string_view>, 4> down;
    for (std::size_t below = 1; below < 4; ++below)
        for (std::size_t above = 0; above < below; ++above) {
            if (prng.below(2) != 0) continue;
            up[below].push_back(kNames[above]);
            down[above].push_back(kNames[below]);
        }
    const auto list = [](const std::vector<std::string_view>& names) {
        std::string text;
        for (const std::string_view name : names) text += joined({text.empty() ? "" : ", ", "\"", name, "\""});
        return text;
    };
    std::string blocks;
    for (std::size_t i = 0; i < 4; ++i) {
        const bool dynamic = i == 0 && prng.below(4) == 0;
        const std::string members = joined(
            {dynamic ? R"(, "configuration": {"dynamic": true})" : "", prng.below(5) == 0 ? R"(, "timeout": 5)" : "",
             prng.below(4) == 0 ? R"(, "retry_config": {"retries": 2, "delay": 3})" : ""});
        blocks += joined({i == 0 ? "" : ", ", block(kNames[i], prng.below(6) == 0 ? "sensor" : "transformer",
                                                    list(up[i]), list(down[i]), members)});
    }
    const std::string limits = prng.below(3) == 0 ? R"(, "concurrency_config": {"pipeline_run_limit": 1})" : "";
    return pipeline(uuid, joined({R"("uuid": ")", uuid, R"(", "type": "python", "blocks": [)", blocks, "]", limits}));
}

std::string random_interval(Prng& prng) {
    static constexpr std::array<std::string_view, 5> kIntervals = {"@once", "@hourly", "@always_on", "* * * * *",
                                                                   "*/7 * * * *"};
    return one_of(prng, kIntervals);
}

struct Draft {
    std::string method;
    std::string target;
    std::string body;
};

Draft random_draft(Prng& prng) {
    const std::string run = "/api/pipeline_runs/" + number(prng, 8);
    const std::string schedule = "/api/pipeline_schedules/" + number(prng, 4);
    static constexpr std::array<std::string_view, 3> kPipelines = {"p", "q", "r"};
    const std::string pipeline = one_of(prng, kPipelines);
    switch (prng.below(18)) {
        case 0: return {"PUT", run, R"({"pipeline_run": {"status": "cancelled"}})"};
        case 1: return {"PUT", run, R"({"pipeline_run": {"pipeline_run_action": "retry_blocks"}})"};
        case 2:
            return {"PUT", run, R"({"pipeline_run": {"pipeline_run_action": "retry_blocks", "from_block_uuid": "b"}})"};
        case 3: return {"DELETE", run, ""};
        case 4:
            return {"POST", "/api/pipelines/" + pipeline + "/pipeline_schedules",
                    joined({R"({"pipeline_schedule": {"name": "t", "schedule_type": "time", "status": "active", )",
                            R"("schedule_interval": ")", random_interval(prng), R"("}})"})};
        case 5:
            return {"PUT", schedule,
                    joined({R"({"pipeline_schedule": {"status": ")", prng.below(2) == 0 ? "active" : "inactive",
                            R"("}})"})};
        case 6:
            return {"POST", "/api/pipelines/" + pipeline + "/backfills",
                    R"({"backfill": {"name": "b", "start_datetime": "2025-12-30", "end_datetime": "2026-01-01", )"
                    R"("interval_type": "day", "interval_units": 1}})"};
        case 7: return {"PUT", "/api/backfills/1", R"({"backfill": {"status": "initial"}})"};
        case 8:
            return {"PUT", "/__sim/pipeline_runs/" + number(prng, 8) + "/blocks/b",
                    prng.below(2) == 0 ? R"({"outcome": "fail"})" : R"({"duration": "2m"})"};
        case 9: return {"PUT", "/api/pipelines/" + pipeline, R"({"pipeline": {"description": "changed"}})"};
        case 10: return {"POST", "/api/sessions", R"({"session": {"email": "admin@admin.com", "password": "admin"}})"};
        case 11:
            return {"POST", "/api/users",
                    joined({R"({"user": {"username": "u)", number(prng, 9), R"(", "email": "u)", number(prng, 9),
                            R"(@example.com", "password": "secret-word", "password_confirmation": "secret-word", )",
                            R"("roles_new": [4]}})"})};
        case 12: return {"POST", "/api/pipeline_runs", "not json"};
        case 13: return {"GET", run, ""};
        case 14: return {"POST", "/api/secrets", joined({R"({"secret": {"name": "s)", number(prng, 9), R"("}})"})};
        default:
            return {"POST", joined({"/api/pipeline_schedules/1/pipeline_runs/", kRandomToken}),
                    joined({R"({"pipeline_run": {"variables": {"n": )", number(prng, 3), "}}}"})};
    }
}

}  // namespace

std::string random_document(std::uint64_t seed) {
    Prng prng = Prng::fork(seed, "document");
    DocumentParts parts;
    parts.metadata = prng.below(2) == 0 ? R"({"queue_config": {"concurrency": 2}})" : "{}";
    parts.pipelines = joined(
        {"[", random_pipeline(prng, "p"), ", ", random_pipeline(prng, "q"), ", ", random_pipeline(prng, "r"), "]"});
    const std::string faults =
        prng.below(4) == 0 ? R"(, "faults": {"planned": [{"at": "4m", "kind": "workers_die"}]})" : std::string();
    parts.runsim = joined(
        {R"({"seed": )", std::to_string(seed),
         R"(, "blocks": {"*": {"duration": ["1s", "15s"], "fails_ppm": 80000}}, )",
         R"("schedules": [{"id": 1, "pipeline": "p", "name": "hook", "schedule_type": "api", "status": "active", )",
         R"("token": ")", kRandomToken, R"("}, {"pipeline": "q", "name": "time", "schedule_type": "time", )",
         R"("schedule_interval": ")", random_interval(prng), R"(", "status": "active"}])",
         prng.below(3) == 0 ? R"(, "auth": true, "users": [{"username": "ann", "password": "a long secret"}])" : "",
         prng.below(2) == 0 ? R"(, "dialect": "sqlite")" : "", faults, "}"});
    return document(parts);
}

std::string random_request(Prng& prng, std::string_view token) {
    const Draft draft = random_draft(prng);
    std::string bytes = joined({draft.method, " ", draft.target, "\n"});
    if (!draft.body.empty()) bytes += "Content-Type: application/json\n";
    bytes += "X-API-KEY: zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2\n";
    if (!token.empty() && prng.below(5) != 0)
        bytes += joined({prng.below(2) == 0 ? "OAUTH-TOKEN: " : "Authorization: Bearer ", token, "\n"});
    return bytes + "\n" + draft.body;
}

}  // namespace runsim::test
