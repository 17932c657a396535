#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace runsim {

// The id of a row of one table. 0 is no row; an id is never used twice (sqlite's reuse of freed top ids is the
// store's).
template <class Tag>
struct Id {
    std::uint32_t value = 0;

    // The id with that value, from wherever the number comes. Returns no id if none can have it.
    static constexpr Id from(std::int64_t number) {
        const bool possible = number > 0 && number <= std::numeric_limits<std::uint32_t>::max();
        return {possible ? static_cast<std::uint32_t>(number) : 0};
    }
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace runsim
