#include "base/text/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace runsim {
namespace {

constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

// Returns how many bytes follow `lead`, or 0 if it does not begin a multi-byte character.
constexpr std::size_t continuation_bytes(unsigned char lead) {
    if (lead < 0xc2 || lead > 0xf4) return 0;
    if (lead < 0xe0) return 1;
    return lead < 0xf0 ? 2 : 3;
}

// The zeros of the scripts beyond ASCII that have decimal digits. Their 1 .. 9 follow each zero.
constexpr char32_t kZeros[] = {
    0x0660,  0x06f0,  0x07c0,  0x0966,  0x09e6,  0x0a66,  0x0ae6,  0x0b66,  0x0be6,  0x0c66,  0x0ce6,  0x0d66,  0x0de6,
    0x0e50,  0x0ed0,  0x0f20,  0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,  0x1a80,  0x1a90,  0x1b50,  0x1bb0,
    0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,  0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50,
    0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
};

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const std::size_t more = continuation_bytes(lead);
    if (more == 0 || text.size() - at < more) return kNoCharacter;
    char32_t character = lead & (0x3fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if (!is_continuation(text[at + i])) return kNoCharacter;
        character = character << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
    }
    at += more;
    return character;
}

void append_character(std::string& out, char32_t character) {
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xc0 | character >> 6);
        put(0x80 | (character & 0x3f));
    } else if (character < 0x10000) {
        put(0xe0 | character >> 12);
        put(0x80 | (character >> 6 & 0x3f));
        put(0x80 | (character & 0x3f));
    } else {
        put(0xf0 | character >> 18);
        put(0x80 | (character >> 12 & 0x3f));
        put(0x80 | (character >> 6 & 0x3f));
        put(0x80 | (character & 0x3f));
    }
}

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

int decimal_digit(char32_t c) {
    if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
    const auto* above = std::upper_bound(std::begin(kZeros), std::end(kZeros), c);
    if (above == std::begin(kZeros)) return -1;
    const char32_t distance = c - *(above - 1);
    return distance < 10 ? static_cast<int>(distance) : -1;
}

}  // namespace runsim
