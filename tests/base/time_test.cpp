#include "base/time.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("every day from year 1 to 9999 has its calendar date and back") {
    Instant day = kFirstInstant;
    std::int32_t expected_weekday = 0;  // 0001-01-01 was a Monday
    for (std::int32_t year = 1; year <= 9999; ++year) {
        for (std::int32_t month = 1; month <= 12; ++month) {
            for (std::int32_t d = 1; d <= days_in_month(year, month); ++d, day = day + Duration::days(1)) {
                const CivilTime civil{.year = year, .month = month, .day = d};
                if (to_civil(day) == civil && from_civil(civil) == day && weekday(day) == expected_weekday) {
                    expected_weekday = (expected_weekday + 1) % 7;
                    continue;
                }
                CAPTURE(year, month, d);
                FAIL("a day that does not come back");
            }
        }
    }
    CHECK(day == kLastInstant + Duration::microseconds(1));
}

TEST_CASE("an instant shows the clock of its day, before 1970 too") {
    struct Case {
        std::int64_t us;
        CivilTime civil;
    };
    static constexpr Case kCases[] = {
        {0, {1970, 1, 1, 0, 0, 0, 0}},
        {-1, {1969, 12, 31, 23, 59, 59, 999'999}},
        {1'795'443'901'370'957, {2026, 11, 23, 14, 25, 1, 370'957}},
        {951'782'399'999'999, {2000, 2, 28, 23, 59, 59, 999'999}},
        {951'782'400'000'000, {2000, 2, 29, 0, 0, 0, 0}},
        {-2'203'891'200'000'000, {1900, 3, 1, 0, 0, 0, 0}},
        {kFirstInstant.us, {1, 1, 1, 0, 0, 0, 0}},
        {kLastInstant.us, {9999, 12, 31, 23, 59, 59, 999'999}},
    };
    for (const Case& c : kCases) {
        CAPTURE(c.us);
        CHECK(to_civil({c.us}) == c.civil);
        CHECK(from_civil(c.civil).us == c.us);
    }
}

TEST_CASE("instants beyond Python's years still have a date") {
    CHECK(to_civil(kLastInstant + Duration::microseconds(1)) == CivilTime{.year = 10'000});
    CHECK(to_civil(kFirstInstant - Duration::microseconds(1)) == CivilTime{0, 12, 31, 23, 59, 59, 999'999});
    CHECK(to_civil({std::numeric_limits<std::int64_t>::max()}) == CivilTime{294'247, 1, 10, 4, 0, 54, 775'807});
    CHECK(to_civil({std::numeric_limits<std::int64_t>::min()}) == CivilTime{-290'308, 12, 21, 19, 59, 5, 224'192});
    CHECK(is_representable(kLastInstant));
    CHECK(is_representable(kFirstInstant));
    CHECK_FALSE(is_representable(kLastInstant + Duration::microseconds(1)));
    CHECK_FALSE(is_representable(kFirstInstant - Duration::microseconds(1)));
}

TEST_CASE("rounding down goes back in time, before 1970 too") {
    const Instant later{1'795'443'901'370'957};  // 2026-11-23 14:25:01.370957
    CHECK(to_civil(floor_day(later)) == CivilTime{2026, 11, 23, 0, 0, 0, 0});
    CHECK(to_civil(floor_hour(later)) == CivilTime{2026, 11, 23, 14, 0, 0, 0});
    CHECK(to_civil(later.floor_second()) == CivilTime{2026, 11, 23, 14, 25, 1, 0});
    const Instant before{-1};
    CHECK(to_civil(floor_day(before)) == CivilTime{1969, 12, 31, 0, 0, 0, 0});
    CHECK(to_civil(floor_hour(before)) == CivilTime{1969, 12, 31, 23, 0, 0, 0});
    CHECK(to_civil(before.floor_second()) == CivilTime{1969, 12, 31, 23, 59, 59, 0});
    CHECK(floor_day({0}).us == 0);
}

TEST_CASE("a calendar date is valid when every field is in its range") {
    CHECK(is_valid({2024, 2, 29, 23, 59, 59, 999'999}));
    CHECK(is_valid({1, 1, 1, 0, 0, 0, 0}));
    for (const CivilTime& wrong :
         {CivilTime{2023, 2, 29, 0, 0, 0, 0}, CivilTime{1900, 2, 29, 0, 0, 0, 0}, CivilTime{2024, 4, 31, 0, 0, 0, 0},
          CivilTime{0, 1, 1, 0, 0, 0, 0}, CivilTime{10'000, 1, 1, 0, 0, 0, 0}, CivilTime{2024, 0, 1, 0, 0, 0, 0},
          CivilTime{2024, 13, 1, 0, 0, 0, 0}, CivilTime{2024, 1, 0, 0, 0, 0, 0}, CivilTime{2024, 1, 1, 24, 0, 0, 0},
          CivilTime{2024, 1, 1, 0, 60, 0, 0}, CivilTime{2024, 1, 1, 0, 0, 60, 0},
          CivilTime{2024, 1, 1, 0, 0, 0, 1'000'000}, CivilTime{2024, 1, 1, -1, 0, 0, 0},
          CivilTime{2024, 1, 1, 0, 0, 0, -1}}) {
        CAPTURE(wrong.year, wrong.month, wrong.day, wrong.hour, wrong.minute, wrong.second, wrong.microsecond);
        CHECK_FALSE(is_valid(wrong));
    }
}

TEST_CASE("no instant orders before every instant") {
    const MaybeInstant none;
    CHECK_FALSE(none.has_value());
    CHECK(none < MaybeInstant(kFirstInstant));
    CHECK(none.value_or({7}) == Instant{7});
    CHECK(MaybeInstant::from_raw(none.raw()) == none);
    CHECK(*MaybeInstant(Instant{-5}) == Instant{-5});
}

TEST_CASE("months are added on the calendar, and a day that is missing becomes the last one") {
    const auto date = [](std::int32_t year, std::int32_t month, std::int32_t day) {
        return from_civil({.year = year, .month = month, .day = day, .hour = 7});
    };
    CHECK(add_months(date(2023, 12, 31), 2) == date(2024, 2, 29));
    CHECK(add_months(date(2024, 1, 15), 12 * 7) == date(2031, 1, 15));
    CHECK(add_months(date(2024, 3, 31), -1) == date(2024, 2, 29));
    CHECK(add_months(date(9999, 11, 1), 1) == date(9999, 12, 1));
    CHECK_FALSE(add_months(date(9999, 12, 1), 1));
    CHECK(add_months(date(1, 2, 1), -1) == date(1, 1, 1));
    CHECK_FALSE(add_months(date(1, 1, 1), -1));
}
