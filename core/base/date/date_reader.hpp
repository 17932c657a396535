#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/date/date_members.hpp"

namespace runsim {

// What the tokens of a date say. Numbers are as written, in no range; from this one on they are counted no further.
inline constexpr std::int64_t kHugeDateNumber = std::numeric_limits<std::int64_t>::max();

struct FoundDate {
    DateMembers::Date date;
    std::optional<int> weekday;  // 0 = Monday
    std::optional<std::int64_t> hour, minute, second, microsecond;
    std::optional<std::string> zone;     // its name
    std::optional<std::int64_t> offset;  // of the zone, in seconds

    bool empty() const {
        return !date.year && !date.month && !date.day && !weekday && !hour && !minute && !second && !microsecond &&
               !zone && !offset;
    }
};

// Reads date_tokens() as python-dateutil does. None when a token has no place in a date. Years of two digits lie within
// fifty years of `this_year`.
std::optional<FoundDate> read_date_tokens(std::vector<std::string> tokens, std::int64_t this_year);

}  // namespace runsim
