#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/date/date_reader.hpp"

namespace runsim {

inline bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

inline std::int64_t saturating_integer(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
        if (value > (kHugeDateNumber - 9) / 10) return kHugeDateNumber;
        value = value * 10 + (c - '0');
    }
    return value;
}

// A number in a date: "12" or "12.5".
struct DateNumber {
    std::int64_t whole = 0;
    std::string_view fraction;  // its digits

    bool has_fraction() const { return fraction.find_first_not_of('0') != std::string_view::npos; }
    // The fraction of an hour in minutes, or of a minute in seconds, rounded down.
    std::int64_t sixtieths() const {
        std::int64_t carry = 0;
        for (std::size_t i = fraction.size(); i-- > 0;) carry = (60 * (fraction[i] - '0') + carry) / 10;
        return carry;
    }
    std::int64_t rounded_up() const { return has_fraction() && whole < kHugeDateNumber ? whole + 1 : whole; }

    // Returns nullopt if the token is not a number, or has more digits than dateutil's decimals hold without rounding.
    static std::optional<DateNumber> of(std::string_view token) {
        constexpr std::size_t kLongestFraction = 26;
        const std::size_t point = token.find('.');
        const std::string_view whole = token.substr(0, point);
        std::string_view fraction;
        if (point != std::string_view::npos) {
            fraction = token.substr(point + 1);
            if (!all_digits(fraction) || fraction.size() > kLongestFraction) return std::nullopt;
        }
        if (!all_digits(whole)) return std::nullopt;
        return DateNumber{saturating_integer(whole), fraction};
    }
};

}  // namespace runsim
