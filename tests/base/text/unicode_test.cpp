#include "base/text/unicode.hpp"

#include <string>

#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("every character is written and read back as itself") {
    for (char32_t character = 0; character < 0x110000; character += character < 0x1000 ? 1 : 61) {
        std::string text;
        append_character(text, character);
        const std::size_t size = text.size();
        text += "x";
        std::size_t at = 0;
        REQUIRE(next_character(text, at) == character);
        REQUIRE(at == size);
        REQUIRE(character_count(text) == 2);
    }
}

TEST_CASE("a byte that begins no character is passed over alone") {
    for (const std::string text :
         {"\x80", "\xc3", "\xc3x", "\xe2\x82", "\xe2\x82x", "\xf0\x9f\x98", "\xff", "\xf8\x80"}) {
        std::size_t at = 0;
        CAPTURE(text);
        CHECK(next_character(text, at) == kNoCharacter);
        CHECK(at == 1);
    }
}

// Counted by Python 3.11: how many characters it calls so, and the sum of their numbers.
TEST_CASE("blanks, digits and printable characters are those of Python 3.11") {
    std::uint64_t spaces = 0, space_sum = 0, digits = 0, digit_sum = 0, printable = 0, printable_sum = 0;
    for (char32_t character = 0; character < 0x110000; ++character) {
        if (is_space(character)) {
            ++spaces;
            space_sum += character;
        }
        if (const int digit = decimal_digit(character); digit >= 0) {
            ++digits;
            digit_sum += character * static_cast<std::uint64_t>(digit + 1);
        }
        if (is_printable(character)) {
            ++printable;
            printable_sum += character;
        }
    }
    CHECK(spaces == 29);
    CHECK(space_sum == 141704);
    CHECK(digits == 660);
    CHECK(digit_sum == 169441580);
    CHECK(printable == 144516);
    CHECK(printable_sum == 14867683184);
}
