#include "api/rows/record_id.hpp"

#include <limits>

#include "api/errors/database_error.hpp"

namespace runsim::api {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// Removes a sign; returns true for '-'.
bool take_minus(std::string_view& text) {
    if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
    const bool minus = text.front() == '-';
    text.remove_prefix(1);
    return minus;
}

constexpr std::int64_t kBeyond = std::numeric_limits<std::int64_t>::max();

// Returns digits as a number, or kBeyond if they exceed 63 bits.
std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
        if (value > (kBeyond - 9) / 10) return kBeyond;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string_view take_digits(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) ++n;
    const std::string_view digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

}  // namespace

std::optional<std::int64_t> postgres_integer(std::string_view text, bool& out_of_range) {
    out_of_range = false;
    text = without_blanks(text);
    const bool minus = take_minus(text);
    const std::string_view digits = take_digits(text);
    if (digits.empty() || !text.empty()) return std::nullopt;
    const std::int64_t value = number_of(digits);
    const std::int64_t limit = std::int64_t{std::numeric_limits<std::int32_t>::max()} + (minus ? 1 : 0);
    out_of_range = value > limit;
    return minus ? -value : value;
}

std::optional<std::int64_t> sqlite_integer(std::string_view text) {
    text = without_blanks(text);
    const bool minus = take_minus(text);
    const std::string_view whole = take_digits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = take_digits(text);
    }
    if (whole.empty() && fraction.empty()) return std::nullopt;
    std::int64_t exponent = 0;
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        const bool negative = take_minus(text);
        const std::string_view digits = take_digits(text);
        if (digits.empty()) return std::nullopt;
        exponent = negative ? -number_of(digits) : number_of(digits);
    }
    if (!text.empty()) return std::nullopt;

    // The number is 0.<digits> times 10 to the power of `point`.
    std::string all(whole);
    all += fraction;
    if (exponent > 100 || exponent < -100) return std::nullopt;
    std::int64_t point = static_cast<std::int64_t>(whole.size()) + exponent;
    while (point < static_cast<std::int64_t>(all.size())) {
        if (all.empty() || all.back() != '0') return std::nullopt;  // not a whole number
        all.pop_back();
    }
    all.append(static_cast<std::size_t>(point) - all.size(), '0');
    const std::int64_t value = number_of(all);
    return minus ? -value : value;
}

ResultOf<std::optional<std::uint32_t>> id_of(Dialect dialect, std::string_view text, std::string_view column) {
    std::optional<std::int64_t> value;
    bool out_of_range = false;
    if (dialect == Dialect::sqlite) {
        value = postgres_integer(text, out_of_range);
    } else {
        if (text.find('\0') != std::string_view::npos) return nul_in_text();
        value = postgres_integer(text, out_of_range);
        std::string literal = "'";
        literal += text;
        literal += '\'';
        if (!value) {
            return refused_in_where("InvalidTextRepresentation",
                                    "invalid input syntax for type integer: \"" + std::string(text) + "\"", column,
                                    literal);
        }
        if (out_of_range) {
            return refused_in_where("NumericValueOutOfRange",
                                    "value \"" + std::string(text) + "\" is out of range for type integer", column,
                                    literal);
        }
    }
    if (!value || *value < 1 || *value > std::numeric_limits<std::uint32_t>::max())
        return std::optional<std::uint32_t>();
    return std::optional<std::uint32_t>(static_cast<std::uint32_t>(*value));
}

}  // namespace runsim::api
