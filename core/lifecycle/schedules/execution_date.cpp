#include "lifecycle/schedules/execution_date.hpp"

#include "lifecycle/cron/cron.hpp"
#include "lifecycle/cron/interval.hpp"
#include "lifecycle/instance/schedule_settings.hpp"

namespace runsim {
namespace {

Instant start_of_period(Interval interval, Instant now) {
    if (interval == Interval::hourly) return floor_hour(now);
    const Instant day = floor_day(now);
    if (interval == Interval::weekly) return day - Duration::days(weekday(day));
    if (interval == Interval::monthly) return day - Duration::days(to_civil(day).day - 1);
    return day;
}

// How far into its period a run shall land. Whole seconds.
Duration landing_offset(Interval interval, Instant start_time) {
    const Duration of_hour = start_time.floor_second() - floor_hour(start_time);
    const Duration of_day = start_time.floor_second() - floor_day(start_time);
    if (interval == Interval::hourly) return of_hour;
    if (interval == Interval::weekly) return of_day + Duration::days(weekday(start_time));
    if (interval == Interval::monthly) return of_day + Duration::days(to_civil(start_time).day - 1);
    return of_day;
}

// The first of the month 32 days on, at the same time of day: a day of the month that landing time has put in is lost.
Instant next_month(Instant current) {
    const Instant later = current + Duration::days(32);
    return later - Duration::days(to_civil(later).day - 1);
}

}  // namespace

bool is_valid_interval(std::string_view interval) {
    return parse_interval(interval) != Interval::cron || CronExpression::parse(interval).ok();
}

bool is_landing_time_enabled(const Schedule& schedule) {
    if (schedule.schedule_type != ScheduleType::time || !is_period(interval_of(schedule))) return false;
    // Asked for every active schedule at every tick: the text is parsed only where the key can be in it.
    if (schedule.settings.json().find("\"landing_time_enabled\"") == std::string_view::npos) return false;
    return parse_settings(schedule.settings).landing_time_enabled;
}

Result<MaybeInstant> current_execution_date(const Schedule& schedule, Instant now, const CronExpression* known) {
    const Interval interval = interval_of(schedule);
    if (interval == Interval::none) return MaybeInstant();
    if (interval == Interval::once || interval == Interval::always_on) return MaybeInstant(now);
    if (interval == Interval::cron) {
        const auto cron = known ? Result<CronExpression>(*known) : CronExpression::parse(*schedule.schedule_interval);
        if (!cron) return cron.error();
        const auto previous = cron->previous(now);
        if (!previous) return previous.error();
        return MaybeInstant(*previous);
    }
    const Instant start = start_of_period(interval, now);
    if (!schedule.start_time || !is_landing_time_enabled(schedule)) return MaybeInstant(start);
    return MaybeInstant(start + landing_offset(interval, *schedule.start_time));
}

Result<MaybeInstant> next_execution_date(const Schedule& schedule, Instant now) {
    const Interval interval = interval_of(schedule);
    if (interval == Interval::cron) {
        const auto cron = CronExpression::parse(*schedule.schedule_interval);
        if (!cron) return cron.error();
        const auto current = cron->previous(now);
        if (!current) return current.error();
        const auto next = cron->next(*current);
        if (!next) return next.error();
        return MaybeInstant(*next);
    }
    if (!is_period(interval)) return MaybeInstant();
    const auto date = current_execution_date(schedule, now);
    if (!date) return date.error();
    const Instant current = **date;
    Instant next = next_month(current);
    if (interval == Interval::hourly) next = current + Duration::hours(1);
    if (interval == Interval::daily) next = current + Duration::days(1);
    if (interval == Interval::weekly) next = current + Duration::days(7);
    if (!is_representable(next)) return Error{"date value out of range"};
    return MaybeInstant(next);
}

}  // namespace runsim
