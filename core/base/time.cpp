#include "base/time.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace runsim {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kHourUs = 3'600'000'000;

constexpr std::int64_t floor_multiple(std::int64_t us, std::int64_t unit) {
    const std::int64_t rest = us % unit;
    return us - (rest < 0 ? rest + unit : rest);
}

// Years start on 1 March here, so the leap day is the last of its year and the lengths of months follow a straight
// line: (153 * month + 2) / 5 days precede month 0 = March .. 11 = February.
constexpr std::int64_t kDaysPerEra = 146'097;  // 400 years
constexpr std::int64_t kEpochDay = 719'468;    // 1970-01-01 counted from 1 March of year 0

constexpr bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t day_number(std::int32_t year, std::int32_t month, std::int32_t day) {
    const std::int64_t shifted_year = month <= 2 ? year - 1 : year;
    const std::int64_t era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
    const std::int64_t year_of_era = shifted_year - era * 400;
    const std::int64_t month_from_march = month <= 2 ? month + 9 : month - 3;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    return era * kDaysPerEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - kEpochDay;
}

}  // namespace

// Every date of an answer passes through here. One division by a day leaves 32 bits, which divide several times faster.
// The rest is C. Neri's and L. Schneider's algorithm: a year is 1461 / 4 days, a month 153 / 5, and each division is a
// multiplication that gives the quotient above and the remainder below its point ("Euclidean affine functions", 2022).
CivilTime to_civil(Instant instant) {
    std::int64_t day = instant.us / kDayUs;
    std::int64_t of_day = instant.us - day * kDayUs;
    if (of_day < 0) {
        of_day += kDayUs;
        --day;
    }
    // Adds whole eras in front, so that no day within an int64 of microseconds is negative.
    constexpr std::uint32_t kErasInFront = 800;
    const auto shifted = static_cast<std::uint32_t>(day + kEpochDay + kErasInFront * kDaysPerEra);

    const std::uint32_t quarters = 4 * shifted + 3;
    const std::uint32_t century = quarters / static_cast<std::uint32_t>(kDaysPerEra);
    const std::uint32_t quarters_of_century = quarters % static_cast<std::uint32_t>(kDaysPerEra) | 3;
    constexpr std::uint32_t kYearInverse = 2'939'745;  // 2^32 / 1461, rounded up
    const std::uint64_t year_product = std::uint64_t{kYearInverse} * quarters_of_century;
    const auto year_of_century = static_cast<std::uint32_t>(year_product >> 32);
    const std::uint32_t day_of_year = static_cast<std::uint32_t>(year_product) / kYearInverse / 4;
    constexpr std::uint32_t kMonthInverse = 2'141;                              // 2^16 * 5 / 153, rounded down
    const std::uint32_t month_product = kMonthInverse * day_of_year + 197'913;  // three months and a little more
    const bool new_year = day_of_year >= 306;                                   // January or February
    const std::uint32_t month = (month_product >> 16) - (new_year ? 12 : 0);
    const std::uint32_t day_of_month = (month_product & 0xffff) / kMonthInverse + 1;
    const auto year = static_cast<std::int32_t>(century * 100 + year_of_century + (new_year ? 1 : 0));

    // A million is 64 * 15625: after the shift the rest fits 32 bits.
    const std::uint32_t second_of_day = static_cast<std::uint32_t>(of_day >> 6) / 15'625;
    const std::uint32_t minute_of_day = second_of_day / 60;
    return {.year = year - static_cast<std::int32_t>(kErasInFront) * 400,
            .month = static_cast<std::int32_t>(month),
            .day = static_cast<std::int32_t>(day_of_month),
            .hour = static_cast<std::int32_t>(minute_of_day / 60),
            .minute = static_cast<std::int32_t>(minute_of_day % 60),
            .second = static_cast<std::int32_t>(second_of_day % 60),
            .microsecond = static_cast<std::int32_t>(of_day - std::int64_t{second_of_day} * 1'000'000)};
}

Instant from_civil(const CivilTime& civil) {
    RUNSIM_ASSERT(is_valid(civil), "a calendar date whose fields are in range");
    const std::int64_t seconds = (std::int64_t{civil.hour} * 60 + civil.minute) * 60 + civil.second;
    return {day_number(civil.year, civil.month, civil.day) * kDayUs + seconds * 1'000'000 + civil.microsecond};
}

bool is_valid(const CivilTime& civil) {
    const auto within = [](std::int32_t value, std::int32_t low, std::int32_t high) {
        return low <= value && value <= high;
    };
    return within(civil.year, 1, 9999) && within(civil.month, 1, 12) &&
           within(civil.day, 1, days_in_month(civil.year, civil.month)) && within(civil.hour, 0, 23) &&
           within(civil.minute, 0, 59) && within(civil.second, 0, 59) && within(civil.microsecond, 0, 999'999);
}

std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
    RUNSIM_ASSERT(1 <= month && month <= 12, "a month of 1 .. 12");
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::int32_t weekday(Instant instant) {
    const std::int64_t day = floor_day(instant).us / kDayUs;
    const std::int64_t from_monday = (day + 3) % 7;  // 1970-01-01 was a Thursday
    return static_cast<std::int32_t>(from_monday < 0 ? from_monday + 7 : from_monday);
}

Instant floor_day(Instant instant) { return {floor_multiple(instant.us, kDayUs)}; }

Instant floor_hour(Instant instant) { return {floor_multiple(instant.us, kHourUs)}; }

MaybeInstant add_months(Instant instant, std::int64_t months) {
    CivilTime civil = to_civil(instant);
    const std::int64_t month = civil.year * std::int64_t{12} + civil.month - 1 + months;
    if (month < 12 || month / 12 > 9999) return {};
    civil.year = static_cast<std::int32_t>(month / 12);
    civil.month = static_cast<std::int32_t>(month % 12) + 1;
    civil.day = std::min(civil.day, days_in_month(civil.year, civil.month));
    return from_civil(civil);
}

}  // namespace runsim
