#include <string>

#include "lifecycle/cron/cron.hpp"
#include "lifecycle/cron/cron_field.hpp"
#include "lifecycle/cron/cron_text.hpp"

namespace runsim {
namespace {

constexpr struct {
    std::string_view name, expression;
} kAliases[] = {
    {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}, {"@daily", "0 0 * * *"},    {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"},  {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"},
};

// Weekdays with and without # or L do not mix, unless the list has all seven days.
bool mixes_weekdays(const CronFieldSet& week) {
    if (week.size() == 7 && !week.star) return false;
    std::uint64_t of_month = 0;
    for (std::size_t day = 0; day < 7; ++day)
        if (week.of_month[day] != 0) of_month |= std::uint64_t{1} << day;
    return of_month != 0 && week.bits[0] != of_month;
}

CronFields combine(const CronFieldSet (&sets)[kCronFieldCount], const std::string_view (&texts)[kCronFieldCount]) {
    const CronFieldSet& day = sets[kCronDay];
    const CronFieldSet& week = sets[kCronWeekday];
    const CronFieldSet& year = sets[kCronYear];
    CronFields fields{
        .minutes = sets[kCronMinute].values(kCronMinute),
        .seconds = sets[kCronSecond].values(kCronSecond),
        .hours = static_cast<std::uint32_t>(sets[kCronHour].values(kCronHour)),
        .days_of_month = static_cast<std::uint32_t>(day.values(kCronDay)),
        .months = static_cast<std::uint32_t>(sets[kCronMonth].values(kCronMonth)),
        .weekdays = static_cast<std::uint32_t>(week.values(kCronWeekday)),
        .last_day_of_month = day.last,
        .weekdays_of_month = week.of_month,
        .any_year = year.star || year.size() == kLastCronYear - kFirstCronYear + 1,
        .years = year.bits,
    };
    for (const auto which : week.of_month)
        if (which != 0) fields.any_weekday_of_month = true;

    // A full list restricts as little as a star if the other field has a star in it. Otherwise it makes every day
    // match.
    const auto has_star = [](std::string_view field) { return field.find('*') != std::string_view::npos; };
    const bool day_restricts = !day.star && !(day.size() == 31 && has_star(texts[kCronWeekday]));
    const bool week_restricts = !week.star && !(week.size() == 7 && has_star(texts[kCronDay]));
    if (!day_restricts) fields.days_of_month = ~1u;
    fields.either_day = day_restricts && week_restricts;
    return fields;
}

}  // namespace

Result<CronExpression> CronExpression::parse(std::string_view text) {
    for (const auto& alias : kAliases)
        if (equal_in_any_case(text, alias.name)) return parse(alias.expression);

    std::string_view texts[kCronFieldCount];
    const auto count = split_at_blanks(text, texts);
    if (!count || *count < kCronSecond)
        return Error{"Exactly 5, 6 or 7 columns has to be specified for iterator expression."};

    CronFieldSet sets[kCronFieldCount];
    sets[kCronSecond].add(0);
    sets[kCronYear].star = true;
    for (std::size_t i = 0; i < *count; ++i) {
        auto set = parse_cron_field(static_cast<CronFieldIndex>(i), texts[i]);
        if (!set) return set.error();
        sets[i] = *set;
    }
    if (mixes_weekdays(sets[kCronWeekday]))
        return Error{"day of week: \"" + std::string(texts[kCronWeekday]) + "\" mixes days of the week with d#n or Ld"};
    return CronExpression(combine(sets, texts));
}

}  // namespace runsim
