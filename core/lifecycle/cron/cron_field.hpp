#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace runsim {

enum CronFieldIndex : std::size_t {
    kCronMinute,
    kCronHour,
    kCronDay,
    kCronMonth,
    kCronWeekday,
    kCronSecond,
    kCronYear,
    kCronFieldCount
};

// The values that one field of a cron expression allows.
struct CronFieldSet {
    std::array<std::uint64_t, 3> bits = {};     // bit n: the value n, or the year kFirstCronYear + n
    bool star = false;                          // the list has a *: everything is allowed
    bool last = false;                          // L among the days of the month
    std::array<std::uint8_t, 7> of_month = {};  // CronFields::weekdays_of_month

    void add(std::int32_t bit) { bits[static_cast<std::size_t>(bit) / 64] |= std::uint64_t{1} << bit % 64; }
    int size() const;  // L counts as one
    // Returns the values as one set; a star gives all of them. Not for years.
    std::uint64_t values(CronFieldIndex index) const;
};

// Reads one field, a list of elements. The error names the field and the element.
Result<CronFieldSet> parse_cron_field(CronFieldIndex index, std::string_view text);

}  // namespace runsim
