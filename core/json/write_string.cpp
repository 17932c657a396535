#include "base/text/text.hpp"
#include "base/text/unicode.hpp"
#include "json/bytes.hpp"
#include "json/write.hpp"

namespace runsim::json {
namespace {

constexpr bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

constexpr std::uint64_t stop_mask(std::uint64_t eight) {
    return eight | (eight + kEachByte) | bytes_below(eight, 0x20) | equal_bytes(eight, '"') | equal_bytes(eight, '\\');
}

void append_unit(std::string& out, char32_t unit) { append_hex(out += "\\u", unit, 4); }

// Returns the letter after the backslash for a character with a short escape, or NUL.
char escape_letter(char32_t character) {
    constexpr std::string_view kCharacters = "\"\\\b\t\n\f\r";
    constexpr std::string_view kLetters = "\"\\btnfr";
    const std::size_t at = character < 0x80 ? kCharacters.find(static_cast<char>(character)) : std::string_view::npos;
    return at == std::string_view::npos ? '\0' : kLetters[at];
}

void append_escaped(std::string& out, char32_t character) {
    if (const char letter = escape_letter(character); letter != '\0') {
        out.push_back('\\');
        out.push_back(letter);
    } else if (character == kNoCharacter) {
        append_unit(out, 0xfffd);
    } else if (character < 0x10000) {
        append_unit(out, character);
    } else {
        append_unit(out, 0xd800 + ((character - 0x10000) >> 10));
        append_unit(out, 0xdc00 + ((character - 0x10000) & 0x3ff));
    }
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    for (;;) {
        const std::size_t plain = plain_prefix(text, stop_mask, is_plain);
        out.append(text.data(), plain);
        if (plain == text.size()) break;
        std::size_t at = plain;
        append_escaped(out, next_character(text, at));
        text.remove_prefix(at);
    }
    out.push_back('"');
}

}  // namespace runsim::json
