#pragma once

#include <cstdint>
#include <string_view>

#include "model/rows.hpp"

namespace runsim {

// What a schedule_interval says. The constants count only as they are written here; any other text is the cron
// engine's.
enum class Interval : std::uint8_t { none, once, always_on, hourly, daily, weekly, monthly, cron };

inline Interval parse_interval(std::string_view text) {
    if (text.empty() || text[0] != '@') return Interval::cron;
    if (text == "@once") return Interval::once;
    if (text == "@always_on") return Interval::always_on;
    if (text == "@hourly") return Interval::hourly;
    if (text == "@daily") return Interval::daily;
    if (text == "@weekly") return Interval::weekly;
    if (text == "@monthly") return Interval::monthly;
    return Interval::cron;
}

inline Interval interval_of(const Schedule& schedule) {
    return schedule.schedule_interval ? parse_interval(*schedule.schedule_interval) : Interval::none;
}

inline bool is_period(Interval interval) { return interval >= Interval::hourly && interval <= Interval::monthly; }

}  // namespace runsim
