#include "base/text/text.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

TEST_CASE("percent escapes are decoded, and what is none stays") {
    struct Case {
        std::string_view text;
        std::string_view path;
        std::string_view form;
    };
    static constexpr Case kCases[] = {
        {"", "", ""},
        {"a+b%20c", "a+b c", "a b c"},
        {"%41%5a%5A", "AZZ", "AZZ"},
        {"%2B%25", "+%", "+%"},
        {"%C3%A9%ff", "\xc3\xa9\xff", "\xc3\xa9\xff"},
        {"100%", "100%", "100%"},
        {"%4", "%4", "%4"},
        {"%4g%zz%", "%4g%zz%", "%4g%zz%"},
        {"%%41", "%A", "%A"},
        {"%00", "\0"sv, "\0"sv},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        CHECK(percent_decode(c.text, false) == c.path);
        CHECK(percent_decode(c.text, true) == c.form);
    }
}

TEST_CASE("split gives the pieces between separators, empty ones too") {
    using Pieces = std::vector<std::string_view>;
    CHECK(split("", ',') == Pieces{""});
    CHECK(split("a", ',') == Pieces{"a"});
    CHECK(split("a,b", ',') == Pieces{"a", "b"});
    CHECK(split(",a,,b,", ',') == Pieces{"", "a", "", "b", ""});
}

TEST_CASE("trim takes ASCII blanks from both ends only") {
    CHECK(trim(" \t\r\n\v\fa b ") == "a b");
    CHECK(trim("a") == "a");
    CHECK(trim("   ") == "");
    CHECK(trim("\xc2\xa0x") == "\xc2\xa0x");
}

TEST_CASE("case changes in ASCII only") {
    CHECK(to_lower("AbZ[\xc3\x84") == "abz[\xc3\x84");
    CHECK(to_upper("aBz{\xc3\xa4") == "ABZ{\xc3\xa4");
}

TEST_CASE("integers are written whole") {
    const auto text = [](std::int64_t value) {
        std::string out = "x";
        append_int(out, value);
        return out;
    };
    CHECK(text(0) == "x0");
    CHECK(text(-7) == "x-7");
    CHECK(text(1234567890) == "x1234567890");
    CHECK(text(std::numeric_limits<std::int64_t>::max()) == "x9223372036854775807");
    CHECK(text(std::numeric_limits<std::int64_t>::min()) == "x-9223372036854775808");
}

TEST_CASE("hex digits are written in lower case and read in either") {
    std::string out = "0x";
    append_hex(out, 0xabcdef0123456789, 16);
    append_hex(out += ' ', 0xfe7, 2);
    CHECK(out == "0xabcdef0123456789 e7");
    CHECK(hex_digit('9') == 9);
    CHECK(hex_digit('a') == 10);
    CHECK(hex_digit('F') == 15);
    for (const char c : {'g', 'G', '/', ':', '@', '`', '\0'}) CHECK(hex_digit(c) == -1);
}
