#include "sim/reading/time_text.hpp"

#include "base/date/date_text.hpp"
#include "json/loose_values.hpp"

namespace runsim {

namespace {

struct Unit {
    std::string_view name;
    Duration length;
};
constexpr Unit kUnits[] = {{"d", Duration::days(1)},
                           {"h", Duration::hours(1)},
                           {"m", Duration::minutes(1)},
                           {"s", Duration::seconds(1)},
                           {"ms", Duration::milliseconds(1)}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Removes one "1.5h" from the front of `text`. Its unit must be at `first_unit` or later; sets `first_unit` to the one
// after it.
std::optional<Duration> take_part(std::string_view& text, std::size_t& first_unit) {
    std::int64_t whole = 0;
    std::size_t i = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) {
        if (i >= 15) return std::nullopt;  // beyond any duration, and nearly beyond 64 bits
        whole = whole * 10 + (text[i] - '0');
    }
    if (i == 0) return std::nullopt;
    std::int64_t millionths = 0;
    if (i < text.size() && text[i] == '.') {
        const std::size_t point = i++;
        std::int64_t place = 100'000;
        for (; i < text.size() && is_digit(text[i]); ++i, place /= 10) millionths += place * (text[i] - '0');
        if (i == point + 1) return std::nullopt;
    }
    std::size_t end = i;
    while (end < text.size() && is_letter(text[end])) ++end;
    for (std::size_t k = first_unit; k < std::size(kUnits); ++k) {
        if (kUnits[k].name != text.substr(i, end - i)) continue;
        const std::int64_t unit = kUnits[k].length.us;
        if (whole > kLongestDuration.us / unit) return std::nullopt;
        text.remove_prefix(end);
        first_unit = k + 1;
        return Duration{whole * unit + millionths * unit / 1'000'000};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Duration sum;
    std::size_t first_unit = 0;
    while (!text.empty()) {
        const auto part = take_part(text, first_unit);
        if (!part) return std::nullopt;
        sum = sum + *part;
    }
    if (sum > kLongestDuration) return std::nullopt;
    return sum;
}

std::optional<Duration> duration_of(const json::Value& value) {
    if (const std::string* text = value.string()) return parse_duration(*text);
    return value.boolean() ? std::nullopt : json::seconds_of(value);
}

std::optional<Instant> instant_of(const json::Value& value) {
    if (const std::int64_t* us = value.integer()) {
        const Instant instant{*us};
        if (!is_representable(instant)) return std::nullopt;
        return instant;
    }
    const std::string* text = value.string();
    if (!text) return std::nullopt;
    const auto written = parse_iso_date(*text);
    if (!written || !is_representable(written->utc())) return std::nullopt;
    return written->utc();
}

std::optional<Instant> instant_before(const json::Value& value, Instant start) {
    if (const std::string* text = value.string(); text && text->starts_with('-')) {
        const auto offset = parse_duration(std::string_view(*text).substr(1));
        if (!offset) return std::nullopt;
        return start - *offset;
    }
    return instant_of(value);
}

}  // namespace runsim
