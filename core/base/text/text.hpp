#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// Texts inside the core are UTF-8. A lone surrogate (which Python's str can hold) has its three-byte form.

// Python's int(text): blanks around it, a sign, underscores between digits, digits of any script. Returns nullopt if
// the text is not an integer. Beyond 64 bits, returns the nearest int64 with `saturated` set.
struct PythonInt {
    std::int64_t value = 0;
    bool saturated = false;
};
std::optional<PythonInt> parse_python_int(std::string_view text);

// repr() of a Python str: quotes, escapes, and unprintable characters as \x, \u, \U.
std::string python_repr(std::string_view text);

// Decodes %XX; a '%' without two hex digits stays. `plus_is_space`: a '+' is a space, as in forms.
std::string percent_decode(std::string_view text, bool plus_is_space);

// Returns the position of the first byte that is not UTF-8 (surrogates are not), or nullopt if all are.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
// Returns the error of Python's bytes.decode(): "'utf-8' codec can't decode byte 0xff in position 0: invalid start
// byte", or nullopt if the text is valid.
std::optional<std::string> python_utf8_error(std::string_view text);

// Splits at each separator. "" gives one empty piece, as Python's split(separator) does.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);  // ASCII blanks at both ends
std::string to_lower(std::string_view text);   // ASCII only
std::string to_upper(std::string_view text);   // ASCII only
void append_int(std::string& out, std::int64_t value);

// Hexadecimal digits, lower case.
inline constexpr std::string_view kHexDigits = "0123456789abcdef";
// Appends the last `digits` digits of a number.
void append_hex(std::string& out, std::uint64_t value, int digits);
// Returns the value of a hex digit of either case, or -1 for any other character.
constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace runsim
