#include <algorithm>
#include <limits>

#include "base/date/date_lexer.hpp"
#include "base/date/date_reader.hpp"
#include "base/date/date_text.hpp"
#include "base/text/text.hpp"

namespace runsim {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

// Counts as Python's calendar does: beyond its years the lengths of months repeat every 400 years.
std::int32_t last_day(std::int64_t year, std::int64_t month) {
    const std::int64_t like = year >= 1 && year <= 9999 ? year : 2000 + year % 400;
    return days_in_month(static_cast<std::int32_t>(like), static_cast<std::int32_t>(month));
}

Error with_text(std::string message, std::string_view text) {
    message += ": ";
    message += text;
    return {std::move(message)};
}

std::string with_number(std::string before, std::int64_t number, std::string_view after) {
    append_int(before, number);
    return before.append(after);
}

// The fields of a datetime before they are checked.
struct Fields {
    std::int64_t year, month, day, hour, minute, second, microsecond;

    bool any_above(std::int64_t limit) const { return std::max({year, month, day, hour, minute, second}) > limit; }
};

// Returns Python's error text for the first field that is out of range.
std::optional<std::string> first_fault(const Fields& f) {
    if (f.year < 1 || f.year > 9999) return with_number("year ", f.year, " is out of range");
    if (f.month < 1 || f.month > 12) return "month must be in 1..12";
    if (f.day < 1 || f.day > last_day(f.year, f.month)) return "day is out of range for month";
    if (f.hour > 23) return "hour must be in 0..23";
    if (f.minute > 59) return "minute must be in 0..59";
    if (f.second > 59) return "second must be in 0..59";
    return std::nullopt;
}

}  // namespace

Result<WrittenDate> parse_lenient_date(std::string_view text, Instant today) {
    const CivilTime now = to_civil(today);
    auto tokens = date_tokens(text);
    const auto found = tokens ? read_date_tokens(std::move(*tokens), now.year) : std::nullopt;
    if (!found) return with_text("Unknown string format", text);
    if (found->empty()) return with_text("String does not contain a date", text);

    Fields fields{.year = found->date.year.value_or(now.year),
                  .month = found->date.month.value_or(now.month),
                  .day = found->date.day.value_or(now.day),
                  .hour = found->hour.value_or(0),
                  .minute = found->minute.value_or(0),
                  .second = found->second.value_or(0),
                  .microsecond = found->microsecond.value_or(0)};
    if (!found->date.day) {
        if (fields.month < 1 || fields.month > 12) {
            return with_text(with_number("bad month number ", fields.month, "; must be 1-12"), text);
        }
        fields.day = std::min<std::int64_t>(fields.day, last_day(fields.year, fields.month));
    }
    if (fields.any_above(std::numeric_limits<std::int32_t>::max())) {
        const bool fits_64_bits = !fields.any_above(kHugeDateNumber - 1);
        return Error{fits_64_bits ? "signed integer is greater than maximum"
                                  : "Python int too large to convert to C long"};
    }
    if (const auto fault = first_fault(fields)) return with_text(*fault, text);

    WrittenDate written{from_civil({.year = static_cast<std::int32_t>(fields.year),
                                    .month = static_cast<std::int32_t>(fields.month),
                                    .day = static_cast<std::int32_t>(fields.day),
                                    .hour = static_cast<std::int32_t>(fields.hour),
                                    .minute = static_cast<std::int32_t>(fields.minute),
                                    .second = static_cast<std::int32_t>(fields.second),
                                    .microsecond = static_cast<std::int32_t>(fields.microsecond)}),
                        std::nullopt};
    if (found->weekday && !found->date.day) {
        // The first such weekday on or after the date.
        written.clock = written.clock + Duration::days((*found->weekday - weekday(written.clock) + 7) % 7);
        if (!is_representable(written.clock)) return Error{"date value out of range"};
    }
    if (found->offset) {
        if (*found->offset <= -kDaySeconds || *found->offset >= kDaySeconds) {
            return Error{"offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)."};
        }
        written.offset = Duration::seconds(*found->offset);
    }
    return written;
}

}  // namespace runsim
