#include <limits>
#include <string>

#include "base/text/text.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

TEST_CASE("integers are read as Python's int() reads them") {
    struct Case {
        std::string_view text;
        std::int64_t value;
        bool saturated;
    };
    constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
    static constexpr Case kCases[] = {
        {"0", 0, false},
        {"7", 7, false},
        {"-7", -7, false},
        {"+5", 5, false},
        {"007", 7, false},
        {"-0", 0, false},
        {" 12 ", 12, false},
        {"\t\n12\r\x0b\x0c", 12, false},
        {"1_0", 10, false},
        {"1_000_000", 1000000, false},
        {"0_0", 0, false},
        {"9223372036854775807", kMax, false},
        {"-9223372036854775808", kMin, false},
        {"9223372036854775808", kMax, true},
        {"-9223372036854775809", kMin, true},
        {"99999999999999999999999", kMax, true},
        {"-10000000000000000000000000000000000000000", kMin, true},
        {"\xc2\xa0"
         "42\xe2\x80\x83",
         42, false},
        {"\xc2\x85"
         "42",
         42, false},
        {"\xd9\xa4\xd9\xa2", 42, false},
        {"\xef\xbc\x91_\xef\xbc\x92", 12, false},
        {"\xf0\x9d\x9f\x8e"
         "1",
         1, false},
        {"0000000000000000000000000000001", 1, false},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        const auto number = parse_python_int(c.text);
        REQUIRE(number.has_value());
        CHECK(number->value == c.value);
        CHECK(number->saturated == c.saturated);
    }
}

TEST_CASE("what int() refuses is no integer") {
    static constexpr std::string_view kTexts[] = {
        "",
        " ",
        "abc",
        "2.5",
        "1e3",
        "-",
        "+",
        "+-1",
        "- 1",
        "1 2",
        "_1",
        "1_",
        "1__0",
        "1_ 0",
        "0x10",
        "1,000",
        "\xc2\xb2",
        "\xc2\xbd",
        "1\x00"sv,
        "\x00"
        "1"sv,
        "\xed\xa0\x80",
        "--1",
        "1-",
        "\xe2\x80\x8b"
        "1",
        "\xe4\xb8\x80",
        "0b1",
        "None",
        "\x1c"
        "12",
        "12\x1f",
    };
    for (const std::string_view text : kTexts) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_python_int(text).has_value());
    }
    CHECK_FALSE(parse_python_int("\xff").has_value());
    CHECK_FALSE(parse_python_int("1\xc2").has_value());
}

TEST_CASE("a text's repr is Python's") {
    struct Case {
        std::string_view text;
        std::string_view repr;
    };
    static constexpr Case kCases[] = {
        {"", "''"},
        {"abc", "'abc'"},
        {"it's", R"("it's")"},
        {R"(say "x")", R"('say "x"')"},
        {R"(it's "x")", R"('it\'s "x"')"},
        {R"(back\slash)", R"('back\\slash')"},
        {"\t\n\r", R"('\t\n\r')"},
        {"\x00\x01\x1f\x7f"sv, R"('\x00\x01\x1f\x7f')"},
        {"\xc2\x80\xc2\x9f\xc2\xa0\xc2\xad", R"('\x80\x9f\xa0\xad')"},
        {"\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80", "'\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80'"},
        {"\xcd\xb8\xe2\x80\x8b\xe2\x80\xa8\xe3\x80\x80", R"('\u0378\u200b\u2028\u3000')"},
        {"\xed\xa0\x80", R"('\ud800')"},
        {"\xed\xbf\xbf", R"('\udfff')"},
        {"\xee\x80\x80", R"('\ue000')"},
        {"\xf0\x9f\x98\x80", "'\xf0\x9f\x98\x80'"},
        {"\xf3\xa0\x80\x81\xf4\x8f\xbf\xbf", R"('\U000e0001\U0010ffff')"},
        {"\xef\xbb\xbf", R"('\ufeff')"},
        {"a\xcc\x81", "'a\xcc\x81'"},
        {R"(%s {} ")", R"('%s {} "')"},
        // Bytes that are no character are shown by themselves.
        {"a\xff"
         "b",
         R"('a\xffb')"},
        {"\xe2\x82", R"('\xe2\x82')"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        CHECK(python_repr(c.text) == c.repr);
    }
}
