#include "base/date/date_reader.hpp"

#include <utility>

#include "base/date/date_number.hpp"
#include "base/date/date_words.hpp"

namespace runsim {
namespace {

using Label = DateMembers::Label;

std::int64_t hour_of(std::int64_t hour, HalfDay half) {
    if (half == HalfDay::pm) return hour < 12 ? hour + 12 : hour;
    return hour == 12 ? 0 : hour;
}

// Python's float() accepts these, but they are not usable as numbers here.
bool is_float_word(std::string_view text) { return text == "NAN" || text == "INF"; }

// Reads token by token. One unusable token makes the whole text unusable: `failed_` is set, and the fields read so far
// do not count.
class Reader {
public:
    Reader(std::vector<std::string> tokens, std::int64_t this_year)
        : tokens_(std::move(tokens)), this_year_(this_year) {}

    std::optional<FoundDate> run() {
        for (; has(place_) && !failed_; ++place_) read_token(tokens_[place_]);
        const auto date = members_.resolve();
        if (failed_ || !date) return std::nullopt;
        found_.date = *date;
        if (found_.date.year && !members_.has_century()) found_.date.year = full_year(*found_.date.year);
        if (found_.zone && is_utc_word(*found_.zone)) found_.offset = 0;
        return found_;
    }

private:
    bool has(std::size_t place) const { return place < tokens_.size(); }
    bool is(std::size_t place, std::string_view text) const { return has(place) && tokens_[place] == text; }
    bool is_unit(std::size_t place) const { return has(place) && clock_unit_word(tokens_[place]); }

    std::string_view token(std::size_t place) {
        if (has(place)) return tokens_[place];
        failed_ = true;
        return {};
    }
    std::int64_t integer(std::string_view text) {
        if (all_digits(text)) return saturating_integer(text);
        failed_ = true;
        return 0;
    }
    void add(std::int64_t value, bool long_form, Label label = Label::none) {
        if (!members_.add(value, long_form, label)) failed_ = true;
    }
    void add_digits(std::string_view text) { add(integer(text), text.size() > 2); }
    void add_digits_or_month(std::string_view text) {
        const auto month = month_word(text);
        month ? add(*month, false, Label::month) : add_digits(text);
    }

    // Each of these reads the item that begins at place_ and leaves place_ at the last token it used.
    void read_token(std::string_view text) {
        if (const auto number = DateNumber::of(text)) {
            read_number(*number, text);
        } else if (const auto weekday = weekday_word(text)) {
            found_.weekday = weekday;
        } else if (const auto month = month_word(text)) {
            add(*month, false, Label::month);
            read_after_month();
        } else if (const auto half = half_day_word(text)) {
            failed_ = !found_.hour || *found_.hour > 12;
            if (!failed_) found_.hour = hour_of(*found_.hour, *half);
        } else if (!found_.offset && may_be_zone(text) && !is_float_word(text)) {
            read_zone_name();
        } else if (found_.hour && (text == "+" || text == "-")) {
            read_zone_offset(text == "+" ? 1 : -1);
        } else if (!is_filler_word(text)) {
            failed_ = true;
        }
    }

    void read_number(const DateNumber& number, std::string_view text) {
        const std::size_t size = text.size();
        const bool clock_follows = is(place_ + 1, ":");
        if (members_.size() == 3 && (size == 2 || size == 4) && !found_.hour && !clock_follows &&
            !is_unit(place_ + 1)) {
            // 19990101T23[59]
            found_.hour = integer(text.substr(0, 2));
            if (size == 4) found_.minute = integer(text.substr(2));
        } else if (size == 6 || (size > 6 && text.find('.') == 6)) {
            read_six_digits(text);
        } else if (size == 8 || size == 12 || size == 14) {
            read_whole_date(text);
        } else if (read_unit(number, text)) {
            return;
        } else if (clock_follows && has(place_ + 2)) {
            read_clock(number);
        } else if (is(place_ + 1, "-") || is(place_ + 1, "/") || is(place_ + 1, ".")) {
            read_separated_date(text);
        } else {
            read_loose_number(number);
        }
    }

    // YYMMDD, or HHMMSS[.ffffff] after a date.
    void read_six_digits(std::string_view text) {
        if (members_.size() == 0 && text.size() == 6 && all_digits(text)) {
            for (std::size_t i = 0; i < 6; i += 2) add_digits(text.substr(i, 2));
        } else {
            found_.hour = integer(text.substr(0, 2));
            found_.minute = integer(text.substr(2, 2));
            set_seconds(text.substr(4));
        }
    }

    // YYYYMMDD[HHMM[SS]]
    void read_whole_date(std::string_view text) {
        add_digits(text.substr(0, 4));
        add_digits(text.substr(4, 2));
        add_digits(text.substr(6, 2));
        if (text.size() == 8) return;
        found_.hour = integer(text.substr(8, 2));
        found_.minute = integer(text.substr(10, 2));
        if (text.size() > 12) found_.second = integer(text.substr(12));
    }

    // "10h", "10 h", or the 30 of "10h30", which has the next smaller unit. Returns false if there is no unit.
    bool read_unit(const DateNumber& number, std::string_view text) {
        const std::size_t last = tokens_.size() - 1;
        std::optional<ClockUnit> unit;
        std::optional<ClockUnit> unit_before;
        if (is_unit(place_ + 1)) {
            unit = clock_unit_word(tokens_[++place_]);
        } else if (is(place_ + 1, " ") && is_unit(place_ + 2)) {
            place_ += 2;
            unit = clock_unit_word(tokens_[place_]);
        } else if (place_ > 0 && is_unit(place_ - 1)) {
            unit_before = clock_unit_word(tokens_[place_ - 1]);
        } else if (place_ > 1 && place_ == last && is(place_ - 1, " ") && is_unit(place_ - 2)) {
            unit_before = clock_unit_word(tokens_[place_ - 2]);
        } else {
            return false;
        }
        if (unit == ClockUnit::hour) {
            found_.hour = number.whole;
            if (number.has_fraction()) found_.minute = number.sixtieths();
        } else if (unit == ClockUnit::minute || unit_before == ClockUnit::hour) {
            set_minutes(number);
        } else if (unit == ClockUnit::second || unit_before == ClockUnit::minute) {
            set_seconds(text);
        }  // a number after the seconds is ignored
        return true;
    }

    // HH:MM[:SS[.ffffff]]
    void read_clock(const DateNumber& hour) {
        found_.hour = hour.whole;
        const auto minutes = DateNumber::of(tokens_[place_ + 2]);
        failed_ = !minutes;
        if (failed_) return;
        set_minutes(*minutes);
        if (is(place_ + 3, ":") && has(place_ + 4)) {
            set_seconds(tokens_[place_ + 4]);
            place_ += 2;
        }
        place_ += 2;
    }

    // 01-02[-03] or 01-Feb[-03], with '-', '/' or '.'.
    void read_separated_date(std::string_view first) {
        const std::string_view separator = tokens_[place_ + 1];
        add_digits(first);
        if (has(place_ + 2) && !is_filler_word(tokens_[place_ + 2])) {
            add_digits_or_month(tokens_[place_ + 2]);
            if (is(place_ + 3, separator)) {
                add_digits_or_month(token(place_ + 4));
                place_ += 2;
            }
            ++place_;
        }
        ++place_;
    }

    // "12 am", "12am", or a separate member of the date.
    void read_loose_number(const DateNumber& number) {
        const auto half_at = [this](std::size_t place) {
            return has(place) ? half_day_word(tokens_[place]) : std::nullopt;
        };
        if (!has(place_ + 1) || is_filler_word(tokens_[place_ + 1])) {
            if (const auto half = half_at(place_ + 2)) {
                found_.hour = hour_of(number.whole, *half);
                ++place_;
            } else {
                add(number.whole, number.rounded_up() > 100);
            }
            ++place_;
        } else if (const auto half = half_at(place_ + 1); half && number.whole < 24) {
            found_.hour = hour_of(number.whole, *half);
            ++place_;
        } else if (number.whole >= 1 && members_.could_be_day(number.rounded_up())) {
            add(number.whole, false);
        } else {
            failed_ = true;
        }
    }

    // Jan-01[-99], Jan/01[/99], or the year of "Jan of 99".
    void read_after_month() {
        if (is(place_ + 1, "-") || is(place_ + 1, "/")) {
            const std::string_view separator = tokens_[place_ + 1];
            add_digits(token(place_ + 2));
            if (is(place_ + 3, separator)) {
                add_digits(token(place_ + 4));
                place_ += 2;
            }
            place_ += 2;
        } else if (has(place_ + 4) && is(place_ + 1, " ") && is_of_word(tokens_[place_ + 2]) && is(place_ + 3, " ")) {
            // Any other token here is skipped.
            const std::string_view year = tokens_[place_ + 4];
            if (all_digits(year)) add(full_year(saturating_integer(year)), true, Label::year);
            place_ += 4;
        }
    }

    // In "GMT+3" the sign gives the way to GMT: the opposite of a zone's offset.
    void read_zone_name() {
        found_.zone = tokens_[place_];
        if (is(place_ + 1, "+") || is(place_ + 1, "-")) {
            tokens_[place_ + 1] = is(place_ + 1, "+") ? "-" : "+";
            if (is_utc_word(*found_.zone)) found_.zone.reset();
        } else if (*found_.zone == "z") {
            found_.offset = 0;
        }
    }

    // +0300, +03:00, +03 or +3, and an optional name in parentheses.
    void read_zone_offset(std::int64_t sign) {
        constexpr std::int64_t kMost = 1'000'000'000;
        const std::string_view digits = token(place_ + 1);
        std::int64_t hours = 0;
        std::int64_t minutes = 0;
        if (digits.size() == 4) {
            hours = integer(digits.substr(0, 2));
            minutes = integer(digits.substr(2));
        } else if (is(place_ + 2, ":")) {
            hours = integer(digits);
            minutes = integer(token(place_ + 3));
            place_ += 2;
        } else if (digits.size() <= 2) {
            hours = integer(digits);
        } else {
            failed_ = true;
        }
        found_.offset = sign * (std::min(hours, kMost) * 3600 + std::min(minutes, kMost) * 60);
        if (has(place_ + 5) && is_filler_word(tokens_[place_ + 2]) && is(place_ + 3, "(") && is(place_ + 5, ")") &&
            tokens_[place_ + 4].size() >= 3 && may_be_zone(tokens_[place_ + 4])) {
            found_.zone = tokens_[place_ + 4];
            place_ += 4;
        }
        ++place_;
    }

    bool may_be_zone(std::string_view text) const {
        constexpr std::size_t kLongestName = 5;
        if (!found_.hour || found_.zone || text.size() > kLongestName) return false;
        return text == "z" || std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    }

    void set_minutes(const DateNumber& number) {
        found_.minute = number.whole;
        found_.second.reset();
        if (number.has_fraction()) found_.second = number.sixtieths();
    }

    void set_seconds(std::string_view text) {
        constexpr std::size_t kMicroDigits = 6;
        const std::size_t point = text.find('.');
        found_.second = integer(text.substr(0, point));
        std::string micro(point == std::string_view::npos ? "0" : text.substr(point + 1));
        if (!all_digits(micro)) failed_ = true;
        micro.resize(kMicroDigits, '0');
        found_.microsecond = integer(micro);
    }

    std::int64_t full_year(std::int64_t year) const {
        if (year >= 100) return year;
        year += this_year_ / 100 * 100;
        if (year >= this_year_ + 50) return year - 100;
        return year < this_year_ - 50 ? year + 100 : year;
    }

    std::vector<std::string> tokens_;
    std::int64_t this_year_;
    std::size_t place_ = 0;
    bool failed_ = false;
    DateMembers members_;
    FoundDate found_;
};

}  // namespace

std::optional<FoundDate> read_date_tokens(std::vector<std::string> tokens, std::int64_t this_year) {
    return Reader(std::move(tokens), this_year).run();
}

}  // namespace runsim
