#include "base/time.hpp"

#include "base/assert.hpp"

namespace runsim {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kHourUs = 3'600'000'000;

constexpr std::int64_t floor_multiple(std::int64_t us, std::int64_t unit) {
    const std::int64_t rest = us % unit;
    return us - (rest < 0 ? rest + unit : rest);
}

// Years are counted from 1 March, so that the leap day is the last of its year and the lengths of months follow one
// straight line: (153 * month + 2) / 5 days stand before month 0 = March .. 11 = February.
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

CivilTime to_civil(Instant instant) {
    const std::int64_t midnight = floor_multiple(instant.us, kDayUs);
    const auto of_day = static_cast<std::uint64_t>(instant.us - midnight);
    const std::int64_t day = midnight / kDayUs + kEpochDay;

    // From here on 32 bits do, which divide several times faster than 64.
    const std::int64_t era = (day >= 0 ? day : day - (kDaysPerEra - 1)) / kDaysPerEra;
    const auto day_of_era = static_cast<std::uint32_t>(day - era * kDaysPerEra);
    const std::uint32_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::uint32_t day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const std::uint32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

    // A million is 64 * 15625: what is left after the shift fits 32 bits.
    const auto second_of_day = static_cast<std::uint32_t>(of_day >> 6) / 15'625;
    const std::uint32_t minute_of_day = second_of_day / 60;
    return {.year = static_cast<std::int32_t>(era * 400 + year_of_era + (month <= 2 ? 1 : 0)),
            .month = static_cast<std::int32_t>(month),
            .day = static_cast<std::int32_t>(day_of_month),
            .hour = static_cast<std::int32_t>(minute_of_day / 60),
            .minute = static_cast<std::int32_t>(minute_of_day % 60),
            .second = static_cast<std::int32_t>(second_of_day % 60),
            .microsecond = static_cast<std::int32_t>(of_day - std::uint64_t{second_of_day} * 1'000'000)};
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

}  // namespace runsim
