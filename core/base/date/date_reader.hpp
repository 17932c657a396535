#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/date/date_members.hpp"

namespace runsim {

// The fields of a date as the tokens give them. Numbers are unchecked, and capped at this one.
inline constexpr std::int64_t kHugeDateNumber = std::numeric_limits<std::int64_t>::max();

struct FoundDate {
    DateMembers::Date date;
    std::optional<int> weekday;  // 0 = Monday
    std::optional<std::int64_t> hour, minute, second, microsecond;
    std::optional<std::string> zone;     // name
    std::optional<std::int64_t> offset;  // of the zone, in seconds

    bool empty() const {
        return !date.year && !date.month && !date.day && !weekday && !hour && !minute && !second && !microsecond &&
               !zone && !offset;
    }
};

// Reads date_tokens() as python-dateutil does. Returns nullopt if a token cannot be part of a date. Two-digit years are
// taken within fifty years of `this_year`.
std::optional<FoundDate> read_date_tokens(std::vector<std::string> tokens, std::int64_t this_year);

}  // namespace runsim
