#include "sim/reading/time_text.hpp"

#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a duration is read from the text in which people write it") {
    struct Case {
        std::string_view text;
        std::int64_t us;
    };
    const Case cases[] = {
        {"0.2s", 200'000},
        {"500ms", 500'000},
        {"10m", 600'000'000},
        {"1h30m", 5'400'000'000},
        {"2d", 172'800'000'000},
        {"1d2h3m4s5ms", 93'784'005'000},
        {"0s", 0},
        {"1.5h", 5'400'000'000},
        {"0.000001s", 1},
        {"0.0000019s", 1},
        {"3650d", 315'360'000'000'000},
        {"007s", 7'000'000},
    };
    for (const auto& [text, us] : cases) {
        INFO(text);
        const auto duration = parse_duration(text);
        REQUIRE(duration);
        CHECK(duration->us == us);
    }
}

TEST_CASE("a text that is no duration is none") {
    for (const std::string_view text : {"", "soon", "10", "s", "1m1h", "1s1s", "1.s", ".5s", "-5s", "+5s", "1 s", "1s ",
                                        "1e3s", "3651d", "1y", "3650d1s", "99999999999999999999s", "1M", "1,5s"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("a number is a duration in seconds") {
    CHECK(duration_of(json::Value(3)) == Duration::seconds(3));
    CHECK(duration_of(json::Value(0.25)) == Duration::milliseconds(250));
    CHECK(duration_of(json::Value(0.1)) == Duration::milliseconds(100));
    CHECK_FALSE(duration_of(json::Value(-1)));
    CHECK_FALSE(duration_of(json::Value(-0.5)));
    CHECK_FALSE(duration_of(json::Value(1e300)));
    CHECK_FALSE(duration_of(json::Value(std::int64_t{315'360'001})));
    CHECK_FALSE(duration_of(json::Value(true)));
    CHECK_FALSE(duration_of(json::Value()));
}

TEST_CASE("a moment is an ISO date, microseconds, or a duration before the start") {
    const Instant start{1'767'225'600'000'000};
    CHECK(instant_of(json::Value("2026-01-01 00:00:00")) == start);
    CHECK(instant_of(json::Value("2026-01-01T02:00:00+02:00")) == start);
    CHECK(instant_of(json::Value("2026-01-01T00:00:00.000001Z")) == start + Duration::microseconds(1));
    CHECK(instant_of(json::Value(std::int64_t{1'767'225'600'000'000})) == start);
    CHECK_FALSE(instant_of(json::Value("tomorrow")));
    CHECK_FALSE(instant_of(json::Value("-2h")));
    CHECK_FALSE(instant_of(json::Value(std::int64_t{1} << 62)));
    CHECK(instant_before(json::Value("-2h"), start) == start - Duration::hours(2));
    CHECK(instant_before(json::Value("-0s"), start) == start);
    CHECK(instant_before(json::Value("2025-12-31"), start) == start - Duration::days(1));
    CHECK_FALSE(instant_before(json::Value("-soon"), start));
}
