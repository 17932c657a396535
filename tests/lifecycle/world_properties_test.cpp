#include <algorithm>

#include "support/catch.hpp"
#include "support/random_story.hpp"

using namespace runsim;
using namespace runsim::test;

// Random projects and random calls: whatever happens, the rules hold (tests/support/invariants.cpp). A failing story is
// told with its seed and the fewest actions that still fail.

TEST_CASE("random worlds under random calls keep the rules, and a saved one goes on as it would have") {
    constexpr std::uint64_t kEvents = 100'000;
    constexpr int kSteps = 600;
    std::uint64_t events = 0;
    std::uint64_t seed = 1;
    for (; events < kEvents && seed < kEvents; ++seed) {
        const Story story = random_story(seed, kSteps);
        const Ending ending = play(story);
        events += ending.events;
        if (!ending.broken.empty()) FAIL(report(story));
    }
    CHECK(events >= kEvents);
}

TEST_CASE("a story that fails is told with its seed and the fewest actions that still fail") {
    // What must not be, for this test: two runs cancelled.
    const Check no_two_cancelled = [](const Instance& instance) -> std::string {
        const auto& runs = instance.store.runs();
        const auto cancelled =
            std::count_if(runs.begin(), runs.end(), [](const Run& run) { return run.status == RunStatus::cancelled; });
        return cancelled >= 2 ? "two runs are cancelled: " + std::to_string(cancelled) : "";
    };
    int told = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Story story = random_story(seed, 300);
        CHECK(report(story).empty());
        const Ending whole = play(story, no_two_cancelled);
        const std::string text = report(story, no_two_cancelled);
        CHECK(text.empty() == whole.broken.empty());
        if (text.empty()) continue;
        ++told;
        INFO(text);
        CHECK(text.starts_with("seed " + std::to_string(seed) + " fails after " + std::to_string(whole.actions) +
                               " actions: two runs are cancelled: "));
        CHECK(text.find("of them are enough:\n") != std::string::npos);
        // A trigger, its runs, what cancels them, and events between, where the whole story has hundreds of actions.
        CHECK(std::count(text.begin(), text.end(), '\n') <= 40);
    }
    CHECK(told >= 3);
}
