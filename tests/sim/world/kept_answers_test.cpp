#include "sim/world/kept_answers.hpp"

#include <string>

#include "base/prng.hpp"
#include "sim/worlds.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

constexpr std::string_view kTrigger =
    "POST /api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef\n\n{}";

// Reads of every resource, and of what is not one.
constexpr std::string_view kTargets[] = {
    "/api/pipeline_runs?_limit=5",
    "/api/pipeline_runs?_limit=5&order_by[]=created_at%20desc",
    "/api/pipeline_runs?status=last_run_failed",
    "/api/pipeline_runs/1",
    "/api/pipeline_schedules/1/pipeline_runs?_limit=2",
    "/api/pipeline_schedules",
    "/api/pipeline_schedules/1",
    "/api/pipeline_runs/1/block_runs",
    "/api/block_runs",
    "/api/backfills",
    "/api/pipelines",
    "/api/pipelines/diamond",
    "/api/pipelines/diamond/blocks",
    "/api/pipelines/diamond/blocks/load",
    "/api/pipelines/diamond/pipeline_triggers",
    "/api/pipelines/diamond/variables",
    "/api/pipelines/diamond/logs",
    "/api/statuses",
    "/api/status",
    "/api/schedulers",
    "/api/users",
    "/api/projects",
    "/api/tags",
    "/api/secrets",
    "/api/kernels",
    "/api/custom_templates?object_type=pipelines",
    "/api/client_pages/pipeline:detail",
    "/api/monitor_stats/pipeline_run_count",
    "/api/git_branches",
    "/api/sessions",
    "/api/event_matchers",
    "/api/foo_bars",
    "/api/pipeline_runs/999",
    "/nope",
    "/",
    "/__sim/project",
    "/__sim/transitions",
    "/__sim/why?pipeline_run=1",
    "/__sim/nope",
};

std::string request_of(std::string_view target) { return "GET " + std::string(target) + "\n\n"; }

api::Response answer_of(std::string_view body) { return {.body = std::string(body)}; }

}  // namespace

TEST_CASE("an answer is found by its request's bytes, until clear()") {
    KeptAnswers kept;
    CHECK(kept.find("GET /a") == nullptr);
    CHECK(kept.find("") == nullptr);
    CHECK(kept.keep("GET /a", answer_of("a")).body == "a");
    CHECK(kept.hold(answer_of("held")).body == "held");
    REQUIRE(kept.find("GET /a") != nullptr);
    CHECK(kept.find("GET /a")->body == "a");
    CHECK(kept.find("GET /b") == nullptr);
    CHECK(KeptAnswers(kept).find("GET /a") == nullptr);
    kept.clear();
    CHECK(kept.find("GET /a") == nullptr);
}

TEST_CASE("the oldest answer makes room, and a large one is not kept") {
    KeptAnswers kept;
    for (std::size_t i = 0; i <= KeptAnswers::kAnswers; ++i) kept.keep("GET /" + std::to_string(i), answer_of("x"));
    CHECK(kept.find("GET /0") == nullptr);
    CHECK(kept.find("GET /1") != nullptr);
    const std::string large(KeptAnswers::kMostBytes + 1, 'x');
    CHECK(kept.keep("GET /large", answer_of(large)).body == large);
    CHECK(kept.find("GET /large") == nullptr);
    CHECK(kept.find("GET /1") != nullptr);
}

TEST_CASE("a GET changes nothing of a world") {
    World world = make_world(with_trigger());
    world.handle_bytes(kTrigger);
    world.advance_to(world.now() + Duration::seconds(15));
    const std::uint64_t hash = world.hash();
    for (const std::string_view target : kTargets) {
        CAPTURE(target);
        world.handle_bytes(request_of(target));
        REQUIRE(world.hash() == hash);
    }
}

TEST_CASE("a world that keeps answers answers as one that keeps none") {
    World world = make_world(with_trigger());
    Prng random(11);
    for (int i = 0; i < 600; ++i) {
        switch (random.between(0, 9)) {
            case 0: world.handle_bytes(kTrigger); break;
            case 1: world.step(); break;
            case 2: world.advance_to(world.now() + Duration::milliseconds(random.between(0, 1'500))); break;
            case 3: world.wait_until(world.now() + Duration::milliseconds(random.between(0, 1'500))); break;
            case 4:
                world.handle_bytes("PUT /api/pipelines/diamond\n\n{\"pipeline\": {\"description\": \"" +
                                   std::to_string(i) + "\"}}");
                break;
            default: {
                const auto last = static_cast<std::int64_t>(std::size(kTargets)) - 1;
                const std::string request = request_of(kTargets[static_cast<std::size_t>(random.between(0, last))]);
                CAPTURE(i, request);
                World fork = world;
                const api::Response expected = fork.handle_bytes(request);
                const api::Response& answer = world.handle_bytes(request);
                REQUIRE(answer.status == expected.status);
                REQUIRE(answer.body == expected.body);
            }
        }
    }
}
