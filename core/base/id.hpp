#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace runsim {

// The id of a row of one table. 0 means no row. An id is never used twice (sqlite's reuse of freed top ids happens in
// the store).
template <class Tag>
struct Id {
    std::uint32_t value = 0;

    // Converts a number from outside. Returns 0 if it cannot be an id.
    static constexpr Id from(std::int64_t number) {
        const bool possible = number > 0 && number <= std::numeric_limits<std::uint32_t>::max();
        return {possible ? static_cast<std::uint32_t>(number) : 0};
    }
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace runsim
