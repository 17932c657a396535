#include "api/runs/run_text_cache.hpp"

#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

namespace {

RunTextCache::Key key_of(std::uint32_t run, std::uint64_t revision = 1, std::uint64_t schedule_revision = 1) {
    return {RunId{run}, revision, ScheduleId{1}, schedule_revision};
}

// A text is kept when it is given for the second time.
void keep_twice(RunTextCache& cache, const RunTextCache::Key& key, const std::string& text) {
    cache.keep(key, text);
    cache.keep(key, text);
}

}  // namespace

TEST_CASE("a text is kept when it is given for the second time in turn") {
    RunTextCache cache;
    cache.keep(key_of(7), "seven");
    CHECK(cache.find(key_of(7)) == "");
    CHECK(cache.bytes() == 0);
    cache.keep(key_of(7, 2), "of another revision");
    cache.keep(key_of(7), "seven");
    CHECK(cache.find(key_of(7)) == "");
    cache.keep(key_of(7), "seven");
    CHECK(cache.find(key_of(7)) == "seven");
    cache.keep(key_of(7, 2), "of another revision");
    CHECK(cache.find(key_of(7)) == "");
    CHECK(cache.bytes() == 0);
}

TEST_CASE("a kept text is found under its own revisions only") {
    RunTextCache cache;
    CHECK(cache.find(key_of(7)) == "");
    keep_twice(cache, key_of(7), "seven");
    CHECK(cache.find(key_of(7)) == "seven");
    CHECK(cache.find(key_of(7, 2)) == "");
    CHECK(cache.find(key_of(7, 1, 2)) == "");
    CHECK(cache.find(key_of(8)) == "");
    keep_twice(cache, key_of(7, 2), "seven again");
    CHECK(cache.find(key_of(7)) == "");
    CHECK(cache.find(key_of(7, 2)) == "seven again");
    CHECK(cache.bytes() == 11);
}

TEST_CASE("the texts never pass the bound") {
    RunTextCache cache(100);
    const std::string text(30, 'x');
    for (std::uint32_t run = 1; run <= 50; ++run) {
        keep_twice(cache, key_of(run), text);
        REQUIRE(cache.bytes() <= 100);
        REQUIRE(cache.find(key_of(run)) == text);
    }
    CHECK(cache.bytes() == 90);
    keep_twice(cache, key_of(60), std::string(101, 'y'));
    CHECK(cache.find(key_of(60)) == "");
    CHECK(cache.find(key_of(50)) == text);
}

TEST_CASE("runs that share a slot push each other out") {
    RunTextCache cache;
    const std::uint32_t slots = 1 << 14;
    keep_twice(cache, key_of(5), "a");
    keep_twice(cache, key_of(5 + slots), "bb");
    CHECK(cache.find(key_of(5)) == "");
    CHECK(cache.find(key_of(5 + slots)) == "bb");
    CHECK(cache.bytes() == 2);
}

TEST_CASE("a copy of a cache starts empty") {
    RunTextCache cache;
    keep_twice(cache, key_of(1), "one");
    const RunTextCache copy(cache);
    CHECK(copy.find(key_of(1)) == "");
    RunTextCache assigned;
    keep_twice(assigned, key_of(2), "two");
    assigned = cache;
    CHECK(assigned.find(key_of(1)) == "");
    CHECK(assigned.find(key_of(2)) == "");
    CHECK(assigned.bytes() == 0);
    CHECK(cache.find(key_of(1)) == "one");
}
