#include "api/rows/python_number.hpp"

#include <string>

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Removes digits, with single underscores between them, from the front. Returns the number of digits.
std::size_t take_digits(std::string_view& text) {
    std::size_t digits = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (is_digit(text[at])) {
            ++digits;
        } else if (text[at] != '_' || digits == 0 || text[at - 1] == '_' || at + 1 == text.size() ||
                   !is_digit(text[at + 1])) {
            break;
        }
        ++at;
    }
    text.remove_prefix(at);
    return digits;
}

void take_sign(std::string_view& text) {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
}

}  // namespace

bool is_python_float(std::string_view text) {
    text = trim(text);
    take_sign(text);
    const std::string word = to_lower(text);
    if (word == "nan" || word == "inf" || word == "infinity") return true;
    std::size_t digits = take_digits(text);
    if (!text.empty() && text[0] == '.') {
        text.remove_prefix(1);
        digits += take_digits(text);
    }
    if (digits == 0) return false;
    if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
        text.remove_prefix(1);
        take_sign(text);
        if (take_digits(text) == 0) return false;
    }
    return text.empty();
}

}  // namespace runsim::api
