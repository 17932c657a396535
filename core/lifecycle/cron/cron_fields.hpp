#pragma once

#include <array>
#include <cstdint>

namespace runsim {

// A cron expression as sets: bit n is the value n.
struct CronFields {
    std::uint64_t minutes = 0;
    std::uint64_t seconds = 0;
    std::uint32_t hours = 0;
    std::uint32_t days_of_month = 0;  // bits 1 .. 31
    std::uint32_t months = 0;         // bits 1 .. 12
    std::uint32_t weekdays = 0;       // bits 0 = Sunday .. 6
    bool last_day_of_month = false;   // L among the days of the month
    bool any_weekday_of_month = false;
    // For each weekday, its occurrences in a month: bits 1 .. 5 for d#n, bit 6 for Ld. If any is set, `weekdays` is
    // ignored.
    std::array<std::uint8_t, 7> weekdays_of_month = {};
    // Days of the month and weekdays are both restricted: a day matches if either does.
    bool either_day = false;
    bool any_year = true;
    std::array<std::uint64_t, 3> years = {};  // bit 0 = 1970 .. 129 = 2099

    bool matches_year(std::int32_t year) const;
    // The matching days of one month, bits 1 .. 31. `month` is 1 .. 12.
    std::uint32_t days(std::int32_t year, std::int32_t month) const;
};

inline constexpr int kLastOfMonth = 6;  // the bit of weekdays_of_month that Ld sets
inline constexpr std::int32_t kFirstCronYear = 1970;
inline constexpr std::int32_t kLastCronYear = 2099;

}  // namespace runsim
