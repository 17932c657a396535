#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace runsim {

// "00" .. "99": most fields of a date consist of such pairs.
inline constexpr std::array<char, 200> kDigitPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

// Writes two digits into a buffer that is large enough. `value` is below 100.
inline void put_digit_pair(char* at, std::uint32_t value) {
    std::memcpy(at, kDigitPairs.data() + std::size_t{value} * 2, 2);
}

}  // namespace runsim
