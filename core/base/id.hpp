#pragma once

#include <compare>
#include <cstdint>

namespace runsim {

// The id of a row of one table. 0 is no row; an id is never used twice (sqlite's reuse of freed top ids is the
// store's).
template <class Tag>
struct Id {
    std::uint32_t value = 0;

    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace runsim
