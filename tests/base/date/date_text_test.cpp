#include "base/date/date_text.hpp"

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

// http-api.md 5.1: microseconds only when there are any, and then six digits.
TEST_CASE("a date is written in each of the API's styles") {
    struct Case {
        CivilTime civil;
        DateStyle style;
        std::string_view text;
    };
    using enum DateStyle;
    static constexpr Case kCases[] = {
        {{2026, 11, 23, 14, 25, 1, 370'957}, space, "2026-11-23 14:25:01.370957"},
        {{2026, 11, 23, 14, 25, 1, 370'957}, space_offset, "2026-11-23 14:25:01.370957+00:00"},
        {{2026, 11, 23, 14, 25, 1, 370'957}, iso, "2026-11-23T14:25:01.370957"},
        {{2026, 11, 23, 14, 25, 1, 370'957}, iso_offset, "2026-11-23T14:25:01.370957+00:00"},
        {{2024, 1, 2, 3, 4, 5, 0}, space, "2024-01-02 03:04:05"},
        {{2024, 1, 2, 3, 4, 5, 0}, space_offset, "2024-01-02 03:04:05+00:00"},
        {{2024, 1, 2, 3, 4, 5, 0}, iso, "2024-01-02T03:04:05"},
        {{2024, 1, 2, 3, 4, 5, 0}, iso_offset, "2024-01-02T03:04:05+00:00"},
        {{2024, 1, 2, 3, 4, 5, 1}, space, "2024-01-02 03:04:05.000001"},
        {{2024, 1, 2, 3, 4, 5, 100'000}, iso, "2024-01-02T03:04:05.100000"},
        {{1, 1, 1, 0, 0, 0, 0}, space, "0001-01-01 00:00:00"},
        {{987, 6, 5, 4, 3, 2, 1}, iso, "0987-06-05T04:03:02.000001"},
        {{1969, 12, 31, 23, 59, 59, 999'999}, space, "1969-12-31 23:59:59.999999"},
        {{9999, 12, 31, 23, 59, 59, 999'999}, iso_offset, "9999-12-31T23:59:59.999999+00:00"},
    };
    for (const Case& c : kCases) {
        CAPTURE(c.text);
        CHECK(date_text(from_civil(c.civil), c.style) == c.text);
        std::string out = "before ";
        append_date(out, from_civil(c.civil), c.style);
        CHECK(out == "before " + std::string(c.text));
    }
}

TEST_CASE("a partition is the date without signs, its microseconds always six digits") {
    const Instant odd = from_civil({2026, 11, 23, 14, 25, 1, 7});
    CHECK(partition_text(odd, false) == "20261123T142501");
    CHECK(partition_text(odd, true) == "20261123T142501_000007");
    CHECK(partition_text(odd.floor_second(), true) == "20261123T142501_000000");
    CHECK(partition_text(kFirstInstant, false) == "00010101T000000");
}

TEST_CASE("a date that is written is read again as the same, by both readers") {
    Prng prng(5);
    const Instant today = from_civil({2026, 11, 23, 0, 0, 0, 0});
    for (int i = 0; i < 2'000; ++i) {
        const Instant instant{prng.between(kFirstInstant.us, kLastInstant.us)};
        for (const DateStyle style :
             {DateStyle::space, DateStyle::space_offset, DateStyle::iso, DateStyle::iso_offset}) {
            const std::string text = date_text(instant, style);
            CAPTURE(text);
            const auto iso = parse_iso_date(text);
            const auto lenient = parse_lenient_date(text, today);
            REQUIRE(iso.ok());
            REQUIRE(iso->utc() == instant);
            REQUIRE(iso->offset.has_value() == (style == DateStyle::space_offset || style == DateStyle::iso_offset));
            REQUIRE(lenient.ok());
            REQUIRE(lenient->utc() == instant);
        }
    }
}
