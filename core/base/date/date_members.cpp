#include "base/date/date_members.hpp"

#include "base/time.hpp"

namespace runsim {
namespace {

constexpr std::int64_t kLastDay = 31;
constexpr std::int64_t kLastMonth = 12;

}  // namespace

bool DateMembers::add(std::int64_t value, bool long_form, Label label) {
    if (long_form) {
        has_century_ = true;
        if (label == Label::month) return false;
        label = Label::year;
    }
    if ((label == Label::month && month_) || (label == Label::year && year_)) return false;
    if (label == Label::month) month_ = values_.size();
    if (label == Label::year) year_ = values_.size();
    values_.push_back(value);
    return true;
}

bool DateMembers::could_be_day(std::int64_t value) const {
    std::int64_t last = kLastDay;
    if (month_) {
        // Without a year, assume a leap year. Beyond Python's years the calendar repeats every 400 years.
        const std::int64_t year = year_ ? values_[*year_] : 2000;
        const std::int64_t like = year >= 1 && year <= 9999 ? year : 2000 + year % 400;
        last = days_in_month(static_cast<std::int32_t>(like), static_cast<std::int32_t>(values_[*month_]));
    }
    return 1 <= value && value <= last;
}

std::optional<DateMembers::Date> DateMembers::resolve() const {
    if (const auto date = resolve_by_labels()) return date;
    if (values_.empty()) return Date{};
    if (values_.size() > 3) return std::nullopt;
    if (values_.size() == 3) return resolve_three();
    if (values_.size() == 2 && !month_) return resolve_two();

    // One number, or a named month and a number.
    Date date;
    if (month_) date.month = values_[*month_];
    if (values_.size() == 1 && month_) return date;
    const std::int64_t other = values_.size() == 1 || *month_ == 1 ? values_[0] : values_[1];
    (other > kLastDay ? date.year : date.day) = other;
    return date;
}

// Either the labels identify every member, or the third member is the one left over.
std::optional<DateMembers::Date> DateMembers::resolve_by_labels() const {
    const std::size_t labels = (year_ ? 1u : 0u) + (month_ ? 1u : 0u);
    if (labels == 0 || !(values_.size() == labels || (values_.size() == 3 && labels == 2))) return std::nullopt;
    Date date;
    if (year_) date.year = values_[*year_];
    if (month_) date.month = values_[*month_];
    if (values_.size() == 3) date.day = values_[3 - *year_ - *month_];
    return date;
}

DateMembers::Date DateMembers::resolve_two() const {
    const std::int64_t a = values_[0], b = values_[1];
    if (a > kLastDay) return {.year = a, .month = b, .day = {}};
    if (b > kLastDay) return {.year = b, .month = a, .day = {}};
    return {.year = {}, .month = a, .day = b};
}

DateMembers::Date DateMembers::resolve_three() const {
    const std::int64_t a = values_[0], b = values_[1], c = values_[2];
    if (month_ == 0u) return b > kLastDay ? Date{b, a, c} : Date{c, a, b};
    if (month_ == 1u) return a > kLastDay ? Date{a, b, c} : Date{c, b, a};
    if (month_ == 2u) return b > kLastDay ? Date{b, c, a} : Date{a, c, b};
    if (a > kLastDay || year_ == 0u) return {a, b, c};
    return a > kLastMonth ? Date{c, b, a} : Date{c, a, b};
}

}  // namespace runsim
