#include "lifecycle/cron/cron.hpp"

#include <bit>
#include <cstdlib>
#include <optional>

namespace runsim {
namespace {

constexpr std::int32_t kMostYears = 50;  // between an instant and its match
constexpr std::uint32_t kSameWeekday = 1u << 1 | 1u << 8 | 1u << 15 | 1u << 22 | 1u << 29;

// The direction of the search. Values are tried from `from` on; -1 means that none is left.
struct Forward {
    static constexpr int kStep = 1;
    static int nearest(std::uint64_t set, int from) {
        if (from > 63) return -1;
        const std::uint64_t rest = set >> from << from;
        return rest == 0 ? -1 : std::countr_zero(rest);
    }
    static int first(std::uint64_t set) { return nearest(set, 0); }
};

struct Backward {
    static constexpr int kStep = -1;
    static int nearest(std::uint64_t set, int from) {
        if (from < 0) return -1;
        const std::uint64_t rest = from >= 63 ? set : set & ((std::uint64_t{1} << (from + 1)) - 1);
        return rest == 0 ? -1 : 63 - std::countl_zero(rest);
    }
    static int first(std::uint64_t set) { return nearest(set, 63); }
};

// Moves the clock of `at` to the nearest match of its day, including itself. Returns false if the day has none left.
template <class Way>
bool move_clock(const CronFields& fields, CivilTime& at) {
    int hour = Way::nearest(fields.hours, at.hour);
    if (hour == at.hour) {
        int minute = Way::nearest(fields.minutes, at.minute);
        if (minute == at.minute) {
            const int second = Way::nearest(fields.seconds, at.second);
            if (second >= 0) {
                at.second = second;
                return true;
            }
            minute = Way::nearest(fields.minutes, at.minute + Way::kStep);
        }
        if (minute >= 0) {
            at.minute = minute;
            at.second = Way::first(fields.seconds);
            return true;
        }
        hour = Way::nearest(fields.hours, at.hour + Way::kStep);
    }
    if (hour < 0) return false;
    at.hour = hour;
    at.minute = Way::first(fields.minutes);
    at.second = Way::first(fields.seconds);
    return true;
}

// Returns the nearest match from the whole second `from` on, including itself.
template <class Way>
std::optional<Instant> find(const CronFields& fields, Instant from) {
    const CivilTime start = to_civil(from);
    for (std::int32_t year = start.year; std::abs(year - start.year) <= kMostYears; year += Way::kStep) {
        if (year < 1 || year > 9999) return std::nullopt;
        if (!fields.matches_year(year)) continue;
        const bool same_year = year == start.year;
        int month = same_year ? Way::nearest(fields.months, start.month) : Way::first(fields.months);
        for (; month >= 0; month = Way::nearest(fields.months, month + Way::kStep)) {
            const std::uint32_t days = fields.days(year, month);
            int day = -1;
            if (same_year && month == start.month) {
                day = Way::nearest(days, start.day);
                if (CivilTime at = start; day == start.day && move_clock<Way>(fields, at)) return from_civil(at);
                if (day == start.day) day = Way::nearest(days, start.day + Way::kStep);
            } else {
                day = Way::first(days);
            }
            if (day < 0) continue;
            return from_civil({.year = year,
                               .month = month,
                               .day = day,
                               .hour = Way::first(fields.hours),
                               .minute = Way::first(fields.minutes),
                               .second = Way::first(fields.seconds)});
        }
    }
    return std::nullopt;
}

}  // namespace

bool CronFields::matches_year(std::int32_t year) const {
    if (any_year) return true;
    if (year < kFirstCronYear || year > kLastCronYear) return false;
    const auto bit = static_cast<std::uint32_t>(year - kFirstCronYear);
    return (years[bit / 64] >> bit % 64 & 1) != 0;
}

std::uint32_t CronFields::days(std::int32_t year, std::int32_t month) const {
    const std::int32_t last = days_in_month(year, month);
    const std::uint32_t all = (last == 31 ? ~0u : (1u << (last + 1)) - 1) & ~1u;
    const std::uint32_t dates = (days_of_month | (last_day_of_month ? 1u << last : 0u)) & all;

    std::uint32_t weekly = all;
    if (any_weekday_of_month || weekdays != 0x7f) {
        weekly = 0;
        const std::int32_t of_first = (weekday(from_civil({.year = year, .month = month})) + 1) % 7;
        for (std::int32_t of_week = 0; of_week < 7; ++of_week) {
            const std::int32_t offset = (of_week - of_first + 7) % 7;  // from the 1st to the first such day
            const std::uint32_t such = kSameWeekday << offset & all;
            if (!any_weekday_of_month) {
                if ((weekdays >> of_week & 1) != 0) weekly |= such;
                continue;
            }
            const std::uint32_t which = weekdays_of_month[static_cast<std::size_t>(of_week)];
            std::uint32_t rest = such;
            for (int nth = 1; rest != 0; ++nth) {
                const std::uint32_t day = rest & (~rest + 1);  // the lowest bit
                if ((which >> nth & 1) != 0) weekly |= day;
                rest ^= day;
            }
            if ((which >> kLastOfMonth & 1) != 0) weekly |= std::bit_floor(such);
        }
    }
    return either_day ? dates | weekly : dates & weekly;
}

Result<Instant> CronExpression::previous(Instant instant) const {
    const Instant second = instant.floor_second();
    const Instant before = second == instant ? second - Duration::seconds(1) : second;
    if (const auto found = find<Backward>(fields_, before)) return *found;
    return Error{"failed to find prev date"};
}

Result<Instant> CronExpression::next(Instant instant) const {
    if (const auto found = find<Forward>(fields_, instant.floor_second() + Duration::seconds(1))) return *found;
    return Error{"failed to find next date"};
}

}  // namespace runsim
