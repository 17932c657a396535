#pragma once

#include <array>
#include <cstdint>

namespace runsim::json {

// The shortest decimal that reads back as a double, and the nearest of several. value = 0.d1d2d3... * 10^point.
struct ShortestDigits {
    std::array<char, 17> digits{};  // '0' .. '9', the first and the last not '0'
    int count = 0;
    int point = 0;
};

// `value` is finite and above 0. Uses only integers, so every machine and library gives the same digits.
ShortestDigits shortest_digits(double value);

}  // namespace runsim::json
