#pragma once

#include <string_view>

namespace runsim::json {

// Returns the double nearest to a decimal: digits, perhaps with a sign, a fraction and an exponent, as JSON writes
// them. The even one of two that are equally near, infinity beyond the largest double. Uses only integers and exact
// products, so every machine gives the same.
double nearest_double(std::string_view text);

// Returns whether an integer beyond 64 bits, digits perhaps with a sign, is exactly the double.
bool is_exactly(std::string_view integer, double value);

}  // namespace runsim::json
