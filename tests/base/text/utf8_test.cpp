#include <string>

#include "base/text/text.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

TEST_CASE("text that is UTF-8 has no fault") {
    for (const std::string_view text :
         {""sv, "plain"sv, "\0"sv, "\xc2\x80\xdf\xbf"sv, "\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"sv,
          "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"sv, "eight by \xc3\xa9ight bytes"sv}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(first_invalid_utf8(text).has_value());
        CHECK_FALSE(python_utf8_error(text).has_value());
    }
}

// parse_errors_test holds the table of faults; here is where they stand.
TEST_CASE("a fault is found wherever it stands") {
    for (const std::string_view fault :
         {"\xff"sv, "\x80"sv, "\xc0\xaf"sv, "\xc3"sv, "\xed\xa0\x80"sv, "\xf8"sv, "\xe2\x82"sv}) {
        for (std::size_t before = 0; before < 20; ++before) {
            for (const std::string_view after : {""sv, "a"sv, "behind it \xc3\xa9"sv}) {
                const std::string text = std::string(before, 'x') + std::string(fault) + std::string(after);
                CAPTURE(text);
                REQUIRE(first_invalid_utf8(text) == before);
                REQUIRE(python_utf8_error(text)->find("position " + std::to_string(before)) != std::string::npos);
            }
        }
    }
}
