#include "json/floats/nearest_double.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <limits>
#include <string>

#include "json/floats/exact_powers.hpp"
#include "json/floats/natural.hpp"

namespace runsim::json {
namespace {

constexpr int kFractionBits = 52;
constexpr int kLowestExponent = -1074;
constexpr int kInfiniteExponent = 972;  // 2^52 * 2^972 is the first power of two that is too large
// The midpoint between two doubles has no more digits than this. Behind them it matters only whether there is any.
constexpr std::size_t kMostDigits = 770;
// A decimal 0.d1d2... * 10^point is infinite or 0 beyond these.
constexpr int kHighestPoint = 310;
constexpr int kLowestPoint = -325;
constexpr int kMostExponent = 100'000'000;  // no text is long enough to make up for it

// 0.d1d2d3... * 10^point; the first digit is not 0.
struct Decimal {
    std::string digits;
    int point = 0;
    bool more = false;  // a digit other than 0 was left out
};

Decimal read(std::string_view text) {
    Decimal out;
    bool behind_point = false;
    std::size_t at = 0;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        const char c = text[at];
        if (c == '.') {
            behind_point = true;
            continue;
        }
        const bool leads = out.digits.empty() && c == '0';
        if (behind_point ? leads : !leads) out.point += behind_point ? -1 : 1;
        if (leads) continue;
        if (out.digits.size() < kMostDigits)
            out.digits += c;
        else
            out.more |= c != '0';
    }
    if (at == text.size()) return out;
    const bool negative = text[++at] == '-';
    if (negative || text[at] == '+') ++at;
    int exponent = 0;
    for (; at < text.size(); ++at) exponent = std::min(10 * exponent + (text[at] - '0'), kMostExponent);
    out.point += negative ? -exponent : exponent;
    return out;
}

std::uint64_t small_number(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) value = 10 * value + static_cast<std::uint64_t>(c - '0');
    return value;
}

Natural number(std::string_view digits) {
    constexpr std::size_t kStep = 9;
    Natural out(0);
    for (; !digits.empty(); digits.remove_prefix(std::min(kStep, digits.size()))) {
        const std::string_view step = digits.substr(0, kStep);
        out.multiply_by_power_of_ten(static_cast<int>(step.size()));
        out.add(Natural(small_number(step)));
    }
    return out;
}

// Returns the double nearest to quotient * 2^exponent, or to a little more if there is a rest. The quotient has at
// least two bits more than can be kept.
double rounded(std::uint64_t quotient, int exponent, bool rest) {
    const int width = static_cast<int>(std::bit_width(quotient));
    const int dropped = std::max(width - (kFractionBits + 1), kLowestExponent - exponent);
    const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
    const std::uint64_t tail = quotient & (2 * half - 1);
    std::uint64_t fraction = quotient >> dropped;
    if (tail > half || (tail == half && (rest || fraction % 2 != 0))) ++fraction;
    exponent += dropped;
    if (exponent >= kInfiniteExponent) return std::numeric_limits<double>::infinity();
    // The leading bit of a fraction counts as one more in the exponent; a fraction that was rounded up to 2^53, too.
    const std::uint64_t bits = (static_cast<std::uint64_t>(exponent - kLowestExponent) << kFractionBits) + fraction;
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

// Divides whole numbers, scaled by a power of two so that the quotient has 55 or 56 bits.
double divided(const Decimal& decimal) {
    constexpr int kQuotientBits = 56;
    Natural above = number(decimal.digits);
    Natural below(1);
    const int exponent_of_ten = decimal.point - static_cast<int>(decimal.digits.size());
    (exponent_of_ten < 0 ? below : above).multiply_by_power_of_ten(std::abs(exponent_of_ten));
    const int exponent = std::max(above.bit_width() - below.bit_width() - (kQuotientBits - 1), kLowestExponent - 2);
    (exponent < 0 ? above : below).shift_left(std::abs(exponent));
    below.shift_left(kQuotientBits - 1);
    std::uint64_t quotient = 0;
    for (int i = 0; i < kQuotientBits; ++i) {
        quotient *= 2;
        if (compare(above, below) >= 0) {
            above.subtract(below);
            ++quotient;
        }
        above.shift_left(1);
    }
    return rounded(quotient, exponent, decimal.more || compare(above, Natural(0)) > 0);
}

double magnitude(std::string_view text) {
    const Decimal decimal = read(text);
    if (decimal.digits.empty() || decimal.point < kLowestPoint) return 0;
    if (decimal.point > kHighestPoint) return std::numeric_limits<double>::infinity();
    // Both factors are exact, so the product or quotient is rounded once.
    constexpr std::size_t kExactDigits = 15;
    const int exponent = decimal.point - static_cast<int>(decimal.digits.size());
    if (decimal.digits.size() <= kExactDigits && std::abs(exponent) < static_cast<int>(std::size(kExactPowers))) {
        const auto whole = static_cast<double>(small_number(decimal.digits));
        return exponent < 0 ? whole / kExactPowers[-exponent] : whole * kExactPowers[exponent];
    }
    return divided(decimal);
}

}  // namespace

double nearest_double(std::string_view text) {
    const bool negative = text.starts_with('-');
    const double value = magnitude(text.substr(negative ? 1 : 0));
    return negative ? -value : value;
}

bool is_exactly(std::string_view integer, double value) {
    constexpr std::size_t kDigitsOfLargest = 309;
    const bool negative = integer.starts_with('-');
    const std::string_view digits = integer.substr(negative ? 1 : 0);
    const double magnitude = std::fabs(value);
    // A double of this size is a whole number.
    if (!(magnitude >= 0x1p63) || std::isinf(magnitude) || negative != std::signbit(value)) return false;
    if (digits.size() > kDigitsOfLargest) return false;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &magnitude, sizeof bits);
    const std::uint64_t implied = std::uint64_t{1} << kFractionBits;
    Natural whole(implied | (bits & (implied - 1)));
    whole.shift_left(static_cast<int>(bits >> kFractionBits) - 1 + kLowestExponent);
    return compare(whole, number(digits)) == 0;
}

}  // namespace runsim::json
