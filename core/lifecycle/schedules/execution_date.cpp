#include "lifecycle/schedules/execution_date.hpp"

#include "lifecycle/cron/cron.hpp"
#include "lifecycle/cron/interval.hpp"
#include "lifecycle/instance/schedule_settings.hpp"

namespace runsim {
namespace {

// Mage's next date of a @monthly schedule: the first of the month 32 days later, at the same time of day. This loses a
// day of the month that comes from landing time.
MaybeInstant next_month(Instant current) {
    const Instant later = current + Duration::days(32);
    if (!is_representable(later)) return {};
    return later - Duration::days(to_civil(later).day - 1);
}

Result<MaybeInstant> date_of(const Result<Instant>& match) {
    if (!match) return match.error();
    return MaybeInstant(*match);
}

}  // namespace

bool is_valid_interval(std::string_view interval) {
    return parse_interval(interval) != Interval::cron || CronExpression::parse(interval).ok();
}

bool is_landing_time_enabled(const Schedule& schedule) {
    if (schedule.schedule_type != ScheduleType::time || !is_period(interval_of(schedule))) return false;
    // Called for every active schedule at every tick: parse the text only if it can have the key.
    if (schedule.settings.json().find("\"landing_time_enabled\"") == std::string_view::npos) return false;
    return parse_settings(schedule.settings).landing_time_enabled;
}

Result<MaybeInstant> current_execution_date(const Schedule& schedule, Instant now, CronPeriods* known) {
    const Interval interval = interval_of(schedule);
    if (interval == Interval::none) return MaybeInstant();
    if (interval == Interval::once || interval == Interval::always_on) return MaybeInstant(now);
    if (interval == Interval::cron) {
        if (known) return date_of(known->begin(now));
        const auto cron = CronExpression::parse(*schedule.schedule_interval);
        return cron ? date_of(cron->previous(now)) : cron.error();
    }
    const Instant start = period_start(interval, now);
    if (!schedule.start_time || !is_landing_time_enabled(schedule)) return MaybeInstant(start);
    // A run lands at the same offset in its period as start_time has in its own, to the second.
    const Instant landing = (*schedule.start_time).floor_second();
    return MaybeInstant(start + (landing - period_start(interval, landing)));
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
    const MaybeInstant next = interval == Interval::monthly ? next_month(**date) : period_after(interval, **date);
    if (!next) return Error{"date value out of range"};
    return next;
}

}  // namespace runsim
