#include <limits>

#include "base/text/text.hpp"
#include "base/text/unicode.hpp"

namespace runsim {
namespace {

void append_escaped(std::string& out, char32_t character) {
    if (character == '\t' || character == '\n' || character == '\r') {
        out += character == '\t' ? "\\t" : character == '\n' ? "\\n" : "\\r";
    } else if (character <= 0xff) {
        append_hex(out += "\\x", character, 2);
    } else if (character <= 0xffff) {
        append_hex(out += "\\u", character, 4);
    } else {
        append_hex(out += "\\U", character, 8);
    }
}

// int() skips fewer of ASCII's blanks than str.strip() does.
bool is_blank(char32_t character) {
    return character < 0x80 ? character == ' ' || (character >= '\t' && character <= '\r') : is_space(character);
}

std::string_view strip(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size() && is_blank(next_character(text, at));) begin = at;
    std::size_t end = begin;
    for (std::size_t at = begin; at < text.size();) {
        if (!is_blank(next_character(text, at))) end = at;
    }
    return text.substr(begin, end - begin);
}

}  // namespace

std::optional<PythonInt> parse_python_int(std::string_view text) {
    text = strip(text);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);

    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    const std::uint64_t limit = negative ? kMax + 1 : kMax;
    std::uint64_t magnitude = 0;
    bool saturated = false;
    bool after_digit = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = next_character(text, at);
        if (character == '_') {
            if (!after_digit) return std::nullopt;
            after_digit = false;
            continue;
        }
        const int digit = decimal_digit(character);
        if (digit < 0) return std::nullopt;
        after_digit = true;
        const auto step = static_cast<std::uint64_t>(digit);
        if (saturated || magnitude > (limit - step) / 10) {
            saturated = true;
        } else {
            magnitude = magnitude * 10 + step;
        }
    }
    if (!after_digit) return std::nullopt;
    if (saturated) magnitude = limit;
    return PythonInt{static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude), saturated};
}

std::string python_repr(std::string_view text) {
    const bool has_single = text.find('\'') != std::string_view::npos;
    const bool has_double = text.find('"') != std::string_view::npos;
    const char quote = has_single && !has_double ? '"' : '\'';
    std::string out(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = next_character(text, at);
        if (character == kNoCharacter) {
            append_escaped(out, static_cast<unsigned char>(text[begin]));
        } else if (character == '\\' || character == static_cast<unsigned char>(quote)) {
            out.push_back('\\');
            out.push_back(static_cast<char>(character));
        } else if (is_printable(character)) {
            out.append(text.substr(begin, at - begin));
        } else {
            append_escaped(out, character);
        }
    }
    out.push_back(quote);
    return out;
}

}  // namespace runsim
