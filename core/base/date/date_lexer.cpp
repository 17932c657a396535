#include "base/date/date_lexer.hpp"

#include <algorithm>
#include <utility>

#include "base/text/unicode.hpp"

namespace runsim {
namespace {

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Converts a text to ASCII. Drops NULs as dateutil's reader does, and turns every blank into a space.
std::optional<std::string> simplified(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = next_character(text, at);
        if (is_space(character)) {
            out.push_back(' ');
        } else if (const int digit = decimal_digit(character); digit >= 0) {
            out.push_back(static_cast<char>('0' + digit));
        } else if (character >= 0x80) {
            return std::nullopt;
        } else if (character != 0) {
            out.push_back(static_cast<char>(character));
        }
    }
    return out;
}

// A run of letters and dots, or of digits and dots, taken as long as it can be one token.
struct Run {
    std::size_t size;
    bool letters;  // has at least one
    bool dotted;   // has a dot, or a comma between digits
};

Run run_at(std::string_view text) {
    enum class In { word, number, dotted_word, dotted_number };
    In in = is_letter(text[0]) ? In::word : In::number;
    bool letters = false;
    std::size_t size = 1;
    for (; size < text.size(); ++size) {
        // dateutil notices a letter only at the character after it: "1.m" at the end of a text stays whole.
        letters = letters || in == In::word || in == In::dotted_word;
        const char c = text[size];
        const bool after_dot = text[size - 1] == '.';
        if (in == In::word && (is_letter(c) || c == '.')) {
            if (c == '.') in = In::dotted_word;
        } else if (in == In::number && (is_digit(c) || c == '.' || (c == ',' && size >= 2))) {
            if (!is_digit(c)) in = In::dotted_number;
        } else if (in == In::dotted_word && (is_letter(c) || c == '.' || (is_digit(c) && after_dot))) {
            if (is_digit(c)) in = In::dotted_number;
        } else if (in == In::dotted_number && (is_digit(c) || c == '.' || (is_letter(c) && after_dot))) {
            if (is_letter(c)) in = In::dotted_word;
        } else {
            break;
        }
    }
    return {size, letters, in == In::dotted_word || in == In::dotted_number};
}

void append_pieces(std::vector<std::string>& tokens, std::string_view text) {
    while (!text.empty()) {
        const std::size_t separator = std::min(text.find_first_of(".,"), text.size());
        if (separator > 0) tokens.emplace_back(text.substr(0, separator));
        if (separator == text.size()) return;
        tokens.emplace_back(1, text[separator]);
        text.remove_prefix(separator + 1);
    }
}

}  // namespace

std::optional<std::vector<std::string>> date_tokens(std::string_view text) {
    const auto ascii = simplified(text);
    if (!ascii) return std::nullopt;
    std::vector<std::string> tokens;
    for (std::string_view rest = *ascii; !rest.empty();) {
        if (!is_letter(rest[0]) && !is_digit(rest[0])) {
            tokens.emplace_back(1, rest[0]);
            rest.remove_prefix(1);
            continue;
        }
        const Run run = run_at(rest);
        const std::string_view piece = rest.substr(0, run.size);
        rest.remove_prefix(run.size);
        const auto dots = std::count(piece.begin(), piece.end(), '.');
        const bool ends_in_dot = piece.back() == '.' || piece.back() == ',';
        if (run.dotted && (run.letters || dots > 1 || ends_in_dot)) {
            append_pieces(tokens, piece);
        } else {
            std::string token(piece);
            if (dots == 0) std::replace(token.begin(), token.end(), ',', '.');
            tokens.push_back(std::move(token));
        }
    }
    return tokens;
}

}  // namespace runsim
