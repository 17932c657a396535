#include "json/floats/nearest_double.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

std::uint64_t bits_of(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

double double_of(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

// The strtod of glibc and of musl is exact.
void check(const std::string& text) {
    INFO(text);
    CHECK(bits_of(json::nearest_double(text)) == bits_of(std::strtod(text.c_str(), nullptr)));
}

std::string printed(double value, int digits) {
    char text[1200];
    std::snprintf(text, sizeof text, "%.*e", digits, value);
    return text;
}

// The decimal of the middle between a double and the next one, exact where a long double has a bit more.
std::string middle_above(double value) {
    const double next = double_of(bits_of(value) + 1);
    char text[1200];
    std::snprintf(text, sizeof text, "%.1100Le",
                  (static_cast<long double>(value) + static_cast<long double>(next)) / 2);
    return text;
}

}  // namespace

TEST_CASE("decimals are read as the nearest double") {
    for (const char* text : {"0",
                             "-0",
                             "0.0",
                             "0e5",
                             "1",
                             "-1",
                             "0.1",
                             "123456789012345",
                             "1e22",
                             "1e23",
                             "8.5e-5",
                             "1e400",
                             "-1e400",
                             "1e-400",
                             "1e99999999999999999999",
                             "1e-99999999999999999999",
                             "0.000e999999999999",
                             "17976931348623157e292",
                             "1.7976931348623158e308",
                             "1.7976931348623159e308",
                             "4.9e-324",
                             "2.4703282292062327e-324",
                             "2.4703282292062328e-324",
                             "2.2250738585072011e-308",
                             "2.2250738585072014e-308",
                             "9007199254740993",
                             "9007199254740992.99999999999999999999999999",
                             "1E+5",
                             "1e-05",
                             "5e-324"})
        check(text);
    // The exponent makes up for more zeros than a double's range has places.
    check("0." + std::string(5000, '0') + "123e5001");
    check("1" + std::string(5000, '0') + "e-5000");
    check("1." + std::string(2000, '0') + "1");
}

TEST_CASE("decimals of every size and length are read as the nearest double") {
    Prng prng(20);
    for (int i = 0; i < 20'000; ++i) {
        const double value = double_of(prng.next() & ~(std::uint64_t{1} << 63));
        if (!std::isfinite(value)) continue;
        check(printed(value, static_cast<int>(prng.below(25))));
        check(printed(-value, 16));
        const double small = double_of(prng.next() >> (12 + prng.below(52)));
        check(printed(small, static_cast<int>(prng.below(800))));
    }
}

TEST_CASE("a decimal half way between two doubles is read as the even one, and a little more as the upper one") {
    Prng prng(21);
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t bits = i % 2 ? prng.next() >> (12 + prng.below(52)) : prng.below(0x7fe0'0000'0000'0000);
        std::string middle = middle_above(double_of(bits));
        check(middle);
        middle.insert(middle.find('e'), "1");
        check(middle);
    }
}

TEST_CASE("an integer of any length is exactly a double, or it is not") {
    CHECK(json::is_exactly("9223372036854775808", 0x1p63));
    CHECK(json::is_exactly("-9223372036854775808", -0x1p63));
    CHECK_FALSE(json::is_exactly("9223372036854775808", -0x1p63));
    CHECK_FALSE(json::is_exactly("9223372036854775809", 0x1p63));
    CHECK_FALSE(json::is_exactly("18446744073709551616", 0x1p63));
    CHECK_FALSE(json::is_exactly("9223372036854775808", 1.5));
    CHECK_FALSE(json::is_exactly("9223372036854775808", std::numeric_limits<double>::quiet_NaN()));
    CHECK_FALSE(json::is_exactly(std::string(400, '9'), std::numeric_limits<double>::infinity()));
    Prng prng(22);
    for (int i = 0; i < 2000; ++i) {
        const double value = double_of((std::uint64_t{1023 + 63} << 52) + prng.below(std::uint64_t{960} << 52));
        char digits[400];
        std::snprintf(digits, sizeof digits, "%.0f", value);
        std::string text = digits;
        INFO(text);
        CHECK(json::is_exactly(text, value));
        text.back() = text.back() == '9' ? '8' : static_cast<char>(text.back() + 1);
        CHECK_FALSE(json::is_exactly(text, value));
    }
}
