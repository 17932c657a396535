#include "json/floats/shortest_digits.hpp"

#include <bit>
#include <charconv>
#include <cstring>

#include "json/floats/exact_powers.hpp"
#include "json/floats/natural.hpp"

namespace runsim::json {
namespace {

constexpr int kFractionBits = 52;
constexpr int kLowestExponent = -1074;

// Handles typical handwritten values: n / 10^k with n < 10^15 and an exact power gives exactly one double, and no two
// such decimals share one. So the first k that divides back gives the shortest digits.
bool short_decimal(double value, ShortestDigits& out) {
    constexpr double kLimit = 1e15;
    for (int k = 0; k < static_cast<int>(std::size(kExactPowers)); ++k) {
        const double scaled = value * kExactPowers[k];
        if (scaled >= kLimit) return false;
        const auto whole =
            static_cast<std::uint64_t>(scaled + 0.5);  // NOLINT(bugprone-incorrect-roundings): checked next
        if (whole == 0 || static_cast<double>(whole) / kExactPowers[k] != value) continue;
        char* const begin = out.digits.data();
        const char* end = std::to_chars(begin, begin + out.digits.size(), whole).ptr;
        out.point = static_cast<int>(end - begin) - k;
        while (end[-1] == '0') --end;
        out.count = static_cast<int>(end - begin);
        return true;
    }
    return false;
}

// value = fraction * 2^exponent
struct Binary {
    std::uint64_t fraction;
    int exponent;
};

Binary split(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << kFractionBits) - 1);
    const int biased = static_cast<int>(bits >> kFractionBits);
    if (biased == 0) return {fraction, kLowestExponent};
    return {fraction | std::uint64_t{1} << kFractionBits, biased - 1 + kLowestExponent};
}

// Every decimal between the midpoints to both neighbours reads back as the value (the midpoints too if its fraction is
// even). Takes digits of value = rest / scale one by one until the rest is less than the distance to a midpoint: Steele
// and White's algorithm.
[[gnu::noinline]] ShortestDigits exact(double value) {
    const auto [fraction, exponent] = split(value);
    const bool even = fraction % 2 == 0;
    // Below a power of two the doubles are twice as close.
    const bool uneven = fraction == std::uint64_t{1} << kFractionBits && exponent > kLowestExponent;
    const int extra = uneven ? 2 : 1;

    Natural rest(fraction), scale(1), below(1), above(uneven ? 2 : 1);
    rest.shift_left(extra + (exponent > 0 ? exponent : 0));
    scale.shift_left(extra + (exponent < 0 ? -exponent : 0));
    if (exponent > 0) {
        below.shift_left(exponent);
        above.shift_left(exponent);
    }

    // A lower bound of the value's decimal exponent: log10(2) = 0.30103, which is 78913 / 2^18 rounded down.
    const int top_bit = exponent + static_cast<int>(std::bit_width(fraction)) - 1;
    int point = (top_bit * 78'913 >> 18) + 1;
    if (point > 0) {
        scale.multiply_by_power_of_ten(point);
    } else {
        rest.multiply_by_power_of_ten(-point);
        below.multiply_by_power_of_ten(-point);
        above.multiply_by_power_of_ten(-point);
    }
    const auto reaches_scale = [&] {
        const int order = compare_sum(rest, above, scale);
        return even ? order >= 0 : order > 0;
    };
    if (reaches_scale()) {
        ++point;
        scale.multiply(10);
    }

    ShortestDigits out;
    out.point = point;
    for (;;) {
        rest.multiply(10);
        below.multiply(10);
        above.multiply(10);
        int digit = 0;
        while (compare(rest, scale) >= 0) {
            rest.subtract(scale);
            ++digit;
        }
        const int to_below = compare(rest, below);
        const bool low_enough = even ? to_below <= 0 : to_below < 0;
        const bool high_enough = reaches_scale();
        if (low_enough || high_enough) {
            const int half = compare_sum(rest, rest, scale);
            const bool up = high_enough && (!low_enough || half > 0 || (half == 0 && digit % 2 != 0));
            out.digits[static_cast<std::size_t>(out.count++)] = static_cast<char>('0' + digit + (up ? 1 : 0));
            return out;
        }
        out.digits[static_cast<std::size_t>(out.count++)] = static_cast<char>('0' + digit);
    }
}

}  // namespace

ShortestDigits shortest_digits(double value) {
    ShortestDigits out;
    return short_decimal(value, out) ? out : exact(value);
}

}  // namespace runsim::json
