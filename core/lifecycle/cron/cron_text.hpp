#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/text/unicode.hpp"

namespace runsim {

// Compares ASCII letters of any case. `lower_case` must have no capitals.
inline bool equal_in_any_case(std::string_view text, std::string_view lower_case) {
    if (text.size() != lower_case.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower_case[i]) return false;
    }
    return true;
}

// Splits at blanks as Python's split() does, and returns the number of pieces, or nullopt if `pieces` is too small.
inline std::optional<std::size_t> split_at_blanks(std::string_view text, std::span<std::string_view> pieces) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (is_space(next_character(text, at))) continue;
        std::size_t end = at;
        while (at < text.size() && !is_space(next_character(text, at))) end = at;
        if (count == pieces.size()) return std::nullopt;
        pieces[count++] = text.substr(start, end - start);
    }
    return count;
}

}  // namespace runsim
