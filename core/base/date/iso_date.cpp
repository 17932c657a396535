#include <algorithm>
#include <cstdlib>

#include "base/date/date_text.hpp"
#include "base/text/text.hpp"

// CPython 3.11's datetime.fromisoformat, including what it accepts beyond ISO: any character between date and time,
// weeks, a separator before the zone, more digits of a fraction than it keeps.

namespace runsim {
namespace {

constexpr char kInvalid[] = "Invalid isoformat string: ";
constexpr std::size_t kShortestDate = 7;  // 2026W48
constexpr std::int64_t kDaySeconds = 86'400;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct ClockTime {
    std::int32_t hour = 0, minute = 0, second = 0, microsecond = 0;
};

enum class ClockEnd { at_end, more, bad };

class IsoDateParser {
public:
    explicit IsoDateParser(std::string_view text) : text_(text) {}

    Result<WrittenDate> run() {
        if (text_.size() < kShortestDate) return invalid();
        const std::size_t separator = separator_place();
        if (!date(separator)) return invalid();
        if (text_.size() > separator && !time(separator + character_size(separator))) return invalid();

        if (offset_ && std::llabs(offset_->us) >= kDaySeconds * 1'000'000) return bad_offset();
        if (week_of_year_0_) return Error{"month must be in 1..12"};
        if (civil_.year < 1 || civil_.year > 9999) return out_of_range_year();
        if (civil_.month < 1 || civil_.month > 12) return Error{"month must be in 1..12"};
        if (civil_.day < 1 || civil_.day > days_in_month(civil_.year, civil_.month)) {
            return Error{"day is out of range for month"};
        }
        if (civil_.hour > 23) return Error{"hour must be in 0..23"};
        if (civil_.minute > 59) return Error{"minute must be in 0..59"};
        if (civil_.second > 59) return Error{"second must be in 0..59"};
        return WrittenDate{from_civil(civil_), offset_};
    }

private:
    // Returns NUL after the end, as CPython's own string does.
    char at(std::size_t place) const { return place < text_.size() ? text_[place] : '\0'; }

    bool digits(std::size_t& place, std::size_t count, std::int32_t& value) const {
        value = 0;
        for (; count > 0; --count, ++place) {
            if (!is_digit(at(place))) return false;
            value = value * 10 + (at(place) - '0');
        }
        return true;
    }

    std::size_t character_size(std::size_t place) const {
        const auto lead = static_cast<unsigned char>(at(place));
        return lead < 0x80 ? 1 : (lead & 0xf0) == 0xe0 ? 3 : (lead & 0xf0) == 0xf0 ? 4 : 2;
    }

    // Returns where the date ends: YYYY-MM-DD, YYYYMMDD, YYYY-Www, YYYY-Www-D, YYYYWww or YYYYWwwD. Any character may
    // follow, so some texts have two readings.
    std::size_t separator_place() const {
        if (text_.size() == kShortestDate) return kShortestDate;
        if (at(4) == '-') {
            if (at(5) != 'W') return 10;
            if (text_.size() <= 8 || at(8) != '-') return 8;
            return text_.size() > 10 && is_digit(at(10)) ? 8 : 10;
        }
        if (at(4) != 'W') return 8;
        std::size_t place = 7;
        while (is_digit(at(place))) ++place;
        if (place < 9) return place;
        return place % 2 == 0 ? 7 : 8;
    }

    bool date(std::size_t end) {
        std::size_t place = 0;
        if (!digits(place, 4, civil_.year)) return false;
        const bool dashes = at(place) == '-';
        if (dashes) ++place;
        if (at(place) == 'W') return week_date(place + 1, end, dashes);
        if (!digits(place, 2, civil_.month)) return false;
        if (dashes && at(place++) != '-') return false;
        return digits(place, 2, civil_.day);
    }

    bool week_date(std::size_t place, std::size_t end, bool dashes) {
        std::int32_t week = 0;
        std::int32_t day = 1;
        if (!digits(place, 2, week)) return false;
        if (place < end) {
            if (dashes && at(place++) != '-') return false;
            if (!digits(place, 1, day)) return false;
        }
        if (week < 1 || day < 1 || day > 7) return false;
        if (civil_.year == 0) {
            week_of_year_0_ = week <= 52;
            return week_of_year_0_;
        }
        // Week 1 contains the year's first Thursday.
        const Instant new_year = from_civil({.year = civil_.year});
        const std::int32_t first_weekday = weekday(new_year);
        const bool has_53 = first_weekday == 3 || (first_weekday == 2 && days_in_month(civil_.year, 2) == 29);
        if (week > (has_53 ? 53 : 52)) return false;
        const std::int32_t first_monday = first_weekday <= 3 ? -first_weekday : 7 - first_weekday;
        civil_ = to_civil(new_year + Duration::days(first_monday + (week - 1) * 7 + day - 1));
        return true;
    }

    bool time(std::size_t begin) {
        const std::size_t zone = std::min(text_.find_first_of("+-Z", begin), text_.size());
        ClockTime clock;
        const ClockEnd end = clock_time(begin, std::max(zone, begin + 1), clock);
        if (end == ClockEnd::bad) return false;
        civil_.hour = clock.hour;
        civil_.minute = clock.minute;
        civil_.second = clock.second;
        civil_.microsecond = clock.microsecond;
        if (zone == text_.size()) return end == ClockEnd::at_end;
        if (text_[zone] == 'Z') {
            offset_ = Duration{};
            return at(zone + 1) == '\0';
        }
        ClockTime away;
        if (clock_time(zone + 1, text_.size(), away) != ClockEnd::at_end) return false;
        const Duration size = Duration::hours(away.hour) + Duration::minutes(away.minute) +
                              Duration::seconds(away.second) + Duration::microseconds(away.microsecond);
        // A zone of less than a second counts as UTC.
        offset_ = size < Duration::seconds(1) ? Duration{} : text_[zone] == '-' ? -size : size;
        return true;
    }

    // HH[:MM[:SS[.ffffff]]] with or without the colons, up to `end`.
    ClockEnd clock_time(std::size_t place, std::size_t end, ClockTime& clock) const {
        bool colons = true;
        for (std::int32_t* value : {&clock.hour, &clock.minute, &clock.second}) {
            if (!digits(place, 2, *value)) return ClockEnd::bad;
            const char next = at(place++);
            if (value == &clock.hour) colons = next == ':';
            if (place >= end) return next == '\0' ? ClockEnd::at_end : ClockEnd::more;
            if (colons && next == ':') continue;
            if (next == '.' || next == ',') break;
            if (colons) return ClockEnd::bad;
            --place;
        }
        const std::size_t count = std::min<std::size_t>(end - place, 6);
        if (!digits(place, count, clock.microsecond)) return ClockEnd::bad;
        for (std::size_t i = count; i < 6; ++i) clock.microsecond *= 10;
        while (is_digit(at(place))) ++place;
        return at(place) == '\0' ? ClockEnd::at_end : ClockEnd::more;
    }

    Error invalid() const { return {kInvalid + python_repr(text_), ErrorKind::malformed}; }

    Error out_of_range_year() const {
        std::string out = "year ";
        append_int(out, civil_.year);
        return {out + " is out of range"};
    }

    Error bad_offset() const {
        const std::int64_t us = offset_->us;
        const std::int64_t day = kDaySeconds * 1'000'000;
        const std::int64_t days = us >= 0 ? us / day : -((-us + day - 1) / day);
        const std::int64_t rest = us - days * day;
        std::string out =
            "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not "
            "datetime.timedelta(days=";
        append_int(out, days);
        if (rest >= 1'000'000) append_int(out += ", seconds=", rest / 1'000'000);
        if (rest % 1'000'000 != 0) append_int(out += ", microseconds=", rest % 1'000'000);
        return {out + ")."};
    }

    std::string_view text_;
    CivilTime civil_;
    bool week_of_year_0_ = false;  // CPython rejects its weeks with a separate error text
    std::optional<Duration> offset_;
};

}  // namespace

Result<WrittenDate> parse_iso_date(std::string_view text) {
    const auto surrogate = first_invalid_utf8(text);
    if (!surrogate) return IsoDateParser(text).run();
    // Between date and time a surrogate is as good as any other character; elsewhere it is an error.
    constexpr std::size_t kSurrogateBytes = 3;
    std::string replaced(text);
    if (*surrogate == 7 || *surrogate == 8 || *surrogate == 10) replaced.replace(*surrogate, kSurrogateBytes, "T");
    if (!first_invalid_utf8(replaced)) {
        auto written = IsoDateParser(replaced).run();
        if (written || written.error().kind != ErrorKind::malformed) return written;
    }
    return Error{kInvalid + python_repr(text), ErrorKind::malformed};
}

}  // namespace runsim
