#include <algorithm>

#include "base/text/text.hpp"
#include "base/text/unicode.hpp"
#include "json/bytes.hpp"
#include "json/python_scanner.hpp"

namespace runsim::json {
namespace {

constexpr char kBadEscape[] = "Invalid \\escape";
constexpr char kBadUnicodeEscape[] = "Invalid \\uXXXX escape";
constexpr std::size_t kHexDigits = 4;
constexpr char kUnterminated[] = "Unterminated string starting at";

constexpr bool is_plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\'; }

constexpr std::uint64_t stop_mask(std::uint64_t eight) {
    return bytes_below(eight, 0x20) | equal_bytes(eight, '"') | equal_bytes(eight, '\\');
}

}  // namespace

// Positions count characters, and only '\n' ends a line.
bool PythonScanner::fail(std::string_view message, std::size_t byte) {
    const std::string_view before = text_.substr(0, byte);
    const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    std::string out(message);
    out += ": line ";
    append_int(out, std::count(before.begin(), before.end(), '\n') + 1);
    out += " column ";
    append_int(out, static_cast<std::int64_t>(character_count(line)) + 1);
    out += " (char ";
    append_int(out, static_cast<std::int64_t>(character_count(before)));
    out += ")";
    return fail_without_place(Error{std::move(out)});
}

bool PythonScanner::fail_without_place(Error error) {
    error_ = std::move(error);
    return false;
}

bool PythonScanner::string(std::string& out) {
    const std::size_t opening_quote = at_++;
    out.clear();
    for (;;) {
        const std::size_t plain = plain_prefix(text_.substr(at_), stop_mask, is_plain);
        out.append(text_, at_, plain);
        at_ += plain;
        if (at_end()) return fail(kUnterminated, opening_quote);
        if (peek() == '"') {
            ++at_;
            return true;
        }
        if (peek() != '\\') return fail("Invalid control character at");
        if (!escape(out, opening_quote)) return false;
    }
}

bool PythonScanner::escape(std::string& out, std::size_t opening_quote) {
    const std::size_t backslash = at_++;
    if (at_end()) return fail(kUnterminated, opening_quote);
    const char letter = text_[at_++];
    if (letter == 'u') return unicode_escape(out);
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const std::size_t which = kLetters.find(letter);
    if (which == std::string_view::npos) return fail(kBadEscape, backslash);
    out.push_back(kMeant[which]);
    return true;
}

// The four digits after the 'u' at `letter_u`. CPython checks that a fifth character follows before it reads them.
bool PythonScanner::hex_unit(std::size_t letter_u, char32_t& unit) {
    if (text_.size() - letter_u <= kHexDigits + 1) return fail(kBadUnicodeEscape, letter_u);
    unit = 0;
    for (std::size_t i = 1; i <= kHexDigits; ++i) {
        const int digit = hex_digit(text_[letter_u + i]);
        if (digit < 0) return fail(kBadUnicodeEscape, letter_u);
        unit = unit << 4 | static_cast<char32_t>(digit);
    }
    return true;
}

// The 'u' is the byte before this place. A surrogate pair in two escapes gives one character.
bool PythonScanner::unicode_escape(std::string& out) {
    char32_t unit = 0;
    if (!hex_unit(at_ - 1, unit)) return false;
    at_ += kHexDigits;
    char32_t low = 0;
    if (unit >= 0xd800 && unit < 0xdc00 && text_.substr(at_).starts_with("\\u")) {
        if (!hex_unit(at_ + 1, low)) return false;
        if (low >= 0xdc00 && low < 0xe000) {
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            at_ += 2 + kHexDigits;
        }
    }
    append_character(out, unit);
    return true;
}

}  // namespace runsim::json
