#include "lifecycle/cron/interval.hpp"

#include "base/assert.hpp"

namespace runsim {

Interval parse_interval(std::string_view text) {
    if (text.empty() || text[0] != '@') return Interval::cron;
    if (text == "@once") return Interval::once;
    if (text == "@always_on") return Interval::always_on;
    if (text == "@hourly") return Interval::hourly;
    if (text == "@daily") return Interval::daily;
    if (text == "@weekly") return Interval::weekly;
    if (text == "@monthly") return Interval::monthly;
    return Interval::cron;
}

Interval interval_of(const Schedule& schedule) {
    return schedule.schedule_interval ? parse_interval(*schedule.schedule_interval) : Interval::none;
}

Instant period_start(Interval interval, Instant instant) {
    RUNSIM_ASSERT(is_period(interval), "an interval that has periods");
    if (interval == Interval::hourly) return floor_hour(instant);
    const Instant day = floor_day(instant);
    if (interval == Interval::weekly) return day - Duration::days(weekday(day));
    if (interval == Interval::monthly) return day - Duration::days(to_civil(day).day - 1);
    return day;
}

MaybeInstant period_after(Interval interval, Instant date) {
    RUNSIM_ASSERT(is_period(interval), "an interval that has periods");
    if (interval == Interval::monthly) return add_months(date, 1);
    Duration length = Duration::days(1);
    if (interval == Interval::hourly) length = Duration::hours(1);
    if (interval == Interval::weekly) length = Duration::days(7);
    return is_representable(date + length) ? MaybeInstant(date + length) : MaybeInstant();
}

}  // namespace runsim
