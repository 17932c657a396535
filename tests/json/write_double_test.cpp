#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include "base/prng.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

std::string text_of(double value) {
    std::string out;
    json::append_double(out, value);
    return out;
}

}  // namespace

TEST_CASE("floats are written as Python's repr writes them") {
    struct Case {
        double value;
        std::string_view text;
    };
    static constexpr Case kCases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.0, "-1.0"},
        {0.1, "0.1"},
        {0.2, "0.2"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.5, "1.5"},
        {86400.0, "86400.0"},
        {1e2, "100.0"},
        {123456789.0, "123456789.0"},
        {999999999999999.0, "999999999999999.0"},
        {1e15, "1000000000000000.0"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"},
        {12345678901234567.0, "1.2345678901234568e+16"},
        {1e17, "1e+17"},
        {1e20, "1e+20"},
        {1e21, "1e+21"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {1e-3, "0.001"},
        {0.0001, "0.0001"},
        {0.00012, "0.00012"},
        {1e-5, "1e-05"},
        {1e-7, "1e-07"},
        {1.5e-7, "1.5e-07"},
        {1e-10, "1e-10"},
        {3.141592653589793, "3.141592653589793"},
        {2.718281828459045, "2.718281828459045"},
        {1.0 / 3.0, "0.3333333333333333"},
        {2.0 / 3.0, "0.6666666666666666"},
        {100.0 / 3.0, "33.333333333333336"},
        {9007199254740991.0, "9007199254740991.0"},
        {9007199254740993.0, "9007199254740992.0"},
        {9223372036854775807.0, "9.223372036854776e+18"},
        {18446744073709551615.0, "1.8446744073709552e+19"},
        {1e100, "1e+100"},
        {1.5e300, "1.5e+300"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {2.225073858507201e-308, "2.225073858507201e-308"},
        {5e-324, "5e-324"},
        {1e-323, "1e-323"},
        {4.35, "4.35"},
        {0.3, "0.3"},
        {2.675, "2.675"},
        {1.1, "1.1"},
        {123.456, "123.456"},
        {0.000123456789, "0.000123456789"},
        {5.684341886080802e-14, "5.684341886080802e-14"},
        {5.684341886080801e-14, "5.684341886080801e-14"},
        {9.5367431640625e-07, "9.5367431640625e-07"},
        {1.1920928955078125e-07, "1.1920928955078125e-07"},
        {4503599627370496.5, "4503599627370496.0"},
        {6.02214076e23, "6.02214076e+23"},
        {1e308, "1e+308"},
        {8.41e21, "8.41e+21"},
        {2.0000000000000004, "2.0000000000000004"},
        {1.9999999999999998, "1.9999999999999998"},
        {4.9406564584124654e-324, "5e-324"},
        {1.8446744073709552e19, "1.8446744073709552e+19"},
        {7.450580596923828e-09, "7.450580596923828e-09"},
        {299792458.0, "299792458.0"},
        {0.017453292519943295, "0.017453292519943295"},
    };
    for (const Case& c : kCases) {
        CAPTURE(c.text);
        CHECK(text_of(c.value) == c.text);
    }
}

TEST_CASE("every power of two is written as Python writes it") {
    // All 2098 lines together, by the hash of Python's own text.
    std::string lines;
    for (int exponent = -1074; exponent < 1024; ++exponent) {
        json::append_double(lines, std::ldexp(1.0, exponent));
        lines += '\n';
    }
    CHECK(lines.size() == 47049);
    CHECK(stable_hash(lines) == 0x9e0016a34b280cfb);
}

TEST_CASE("what is written reads back as the same float, and no shorter text does") {
    Prng prng(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t fraction = static_cast<std::int64_t>(prng.next() >> 11);
        const double value = std::ldexp(static_cast<double>(fraction), static_cast<int>(prng.between(-1000, 900)));
        const std::string text = text_of(value);
        CAPTURE(text);
        REQUIRE(std::strtod(text.c_str(), nullptr) == value);
        const std::size_t digits = text.substr(0, text.find('e')).size() - 1;
        char shorter[40];
        std::snprintf(shorter, sizeof shorter, "%.*e", static_cast<int>(digits) - 2, value);
        if (value != 0 && digits > 2 && text.find('e') != std::string::npos)
            REQUIRE(std::strtod(shorter, nullptr) != value);
    }
}

TEST_CASE("what is no number is null") {
    CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(text_of(std::numeric_limits<double>::infinity()) == "null");
    CHECK(text_of(-std::numeric_limits<double>::infinity()) == "null");
}
