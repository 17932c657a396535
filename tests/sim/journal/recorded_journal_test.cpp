#include "recorded_journal.hpp"

#include "sim/journal/journals.hpp"

using namespace runsim;

// The package plays the same file in node (tests/support/smoke.test.mjs) and in Chromium (tests/web/journal.test.ts).
TEST_CASE("a journal that the package recorded ends with the hash that it has") {
    const std::string_view text(kRecordedJournal);
    REQUIRE(text.find("\"hash\": ") != std::string_view::npos);  // which is compared when it is played
    const RecordedWorld world = played(text);
    CHECK(calls_of(world).size() > 20);
    CHECK(world.world().instance().transitions.end() > 1'000);
}
