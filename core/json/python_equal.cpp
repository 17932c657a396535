#include <algorithm>
#include <cmath>
#include <optional>

#include "json/floats/nearest_double.hpp"
#include "json/value.hpp"

namespace runsim::json {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

std::optional<std::int64_t> as_integer(const Value& value) {
    if (const bool* boolean = value.boolean()) return *boolean ? 1 : 0;
    if (const std::int64_t* integer = value.integer()) return *integer;
    const double* real = value.real();
    const bool whole = real && *real >= -kTwoTo63 && *real < kTwoTo63 && std::trunc(*real) == *real;
    return whole ? std::optional(static_cast<std::int64_t>(*real)) : std::nullopt;
}

bool equals(const BigInteger& integer, double real) { return is_exactly(integer.digits, real); }

bool equals(const Object& a, const Object& b) {
    if (a.size() != b.size()) return false;
    return std::all_of(a.begin(), a.end(), [&b](const Member& member) {
        const Value* other = b.find(member.key);
        return other && python_equal(member.value, *other);
    });
}

}  // namespace

bool python_equal(const Value& a, const Value& b) {
    const auto left = as_integer(a);
    const auto right = as_integer(b);
    if (left || right) return left == right;
    if (const BigInteger* big = a.big_integer(); big && b.real()) return equals(*big, *b.real());
    if (const BigInteger* big = b.big_integer(); big && a.real()) return equals(*big, *a.real());
    if (a.object() && b.object()) return equals(*a.object(), *b.object());
    if (a.array() && b.array()) {
        return std::equal(a.array()->begin(), a.array()->end(), b.array()->begin(), b.array()->end(), python_equal);
    }
    return a == b;
}

}  // namespace runsim::json
