#include "lifecycle/schedules/execution_date.hpp"

#include <string>
#include <vector>

#include "base/date/date_text.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

Instant at(std::string_view text) { return parse_iso_date(text)->utc(); }

std::string shown(const Result<MaybeInstant>& result) {
    if (!result) return result.error().message;
    return *result ? date_text(**result, DateStyle::space) : "none";
}

Schedule time_schedule(const char* interval, const char* start_time = "", bool landing = false) {
    Schedule schedule;
    schedule.schedule_type = ScheduleType::time;
    if (interval != nullptr) schedule.schedule_interval = interval;
    if (*start_time != '\0') schedule.start_time = at(start_time);
    if (landing) schedule.settings = json::Text(R"({"landing_time_enabled": true})");
    return schedule;
}

}  // namespace

TEST_CASE("the current and the next execution date of every interval", "[row 49][row 51]") {
    struct Case {
        const char *interval, *now, *current, *next;
    };
    const char* thursday = "2024-02-29 12:34:56";
    const char* wednesday = "2023-10-11 12:13:14";
    const char* saturday = "2023-08-19 20:10:15";
    const Case cases[] = {
        {nullptr, thursday, "none", "none"},
        {"@once", thursday, "2024-02-29 12:34:56", "none"},
        {"@always_on", thursday, "2024-02-29 12:34:56", "none"},
        {"@hourly", thursday, "2024-02-29 12:00:00", "2024-02-29 13:00:00"},
        {"@daily", thursday, "2024-02-29 00:00:00", "2024-03-01 00:00:00"},
        {"@weekly", thursday, "2024-02-26 00:00:00", "2024-03-04 00:00:00"},
        {"@monthly", thursday, "2024-02-01 00:00:00", "2024-03-01 00:00:00"},
        {"*/10 * * * *", thursday, "2024-02-29 12:30:00", "2024-02-29 12:40:00"},
        {"@yearly", thursday, "2024-01-01 00:00:00", "2025-01-01 00:00:00"},
        {"@WEEKLY", thursday, "2024-02-25 00:00:00", "2024-03-03 00:00:00"},  // the engine's alias: Sunday
        {"@hourly", wednesday, "2023-10-11 12:00:00", "2023-10-11 13:00:00"},
        {"@daily", wednesday, "2023-10-11 00:00:00", "2023-10-12 00:00:00"},
        {"@weekly", wednesday, "2023-10-09 00:00:00", "2023-10-16 00:00:00"},
        {"@monthly", wednesday, "2023-10-01 00:00:00", "2023-11-01 00:00:00"},
        {"@hourly", saturday, "2023-08-19 20:00:00", "2023-08-19 21:00:00"},
        {"@daily", saturday, "2023-08-19 00:00:00", "2023-08-20 00:00:00"},
        {"@weekly", saturday, "2023-08-14 00:00:00", "2023-08-21 00:00:00"},
        {"@monthly", saturday, "2023-08-01 00:00:00", "2023-09-01 00:00:00"},
        {"@hourly", "2024-02-29 12:00:00", "2024-02-29 12:00:00", "2024-02-29 13:00:00"},  // the boundary counts
        {"@monthly", "2024-12-31 23:59:59.999999", "2024-12-01 00:00:00", "2025-01-01 00:00:00"},
        {"", thursday, "Exactly 5, 6 or 7 columns has to be specified for iterator expression.",
         "Exactly 5, 6 or 7 columns has to be specified for iterator expression."},
        {"0 0 31 2 *", thursday, "failed to find prev date", "failed to find prev date"},
        {"0 0 1 1 * 0 2020", thursday, "2020-01-01 00:00:00", "failed to find next date"},
        {"@monthly", "9999-12-05 00:00:00", "9999-12-01 00:00:00", "date value out of range"},
    };
    for (const Case& c : cases) {
        INFO((c.interval == nullptr ? "no interval" : c.interval) << " at " << c.now);
        const Schedule schedule = time_schedule(c.interval);
        CHECK(shown(current_execution_date(schedule, at(c.now))) == c.current);
        CHECK(shown(next_execution_date(schedule, at(c.now))) == c.next);
    }
}

TEST_CASE("landing time moves the execution date into its period", "[row 50]") {
    struct Case {
        const char *interval, *start_time, *now, *current, *next;
    };
    const char* tuesday = "2024-11-12 13:14:15.5";
    const char* wednesday = "2023-10-11 12:13:14";
    const char* leap_day = "2024-02-29 12:34:56";
    const Case cases[] = {
        {"@once", tuesday, wednesday, "2023-10-11 12:13:14", "none"},
        {"@hourly", tuesday, wednesday, "2023-10-11 12:14:15", "2023-10-11 13:14:15"},
        {"@daily", tuesday, wednesday, "2023-10-11 13:14:15", "2023-10-12 13:14:15"},
        {"@weekly", tuesday, wednesday, "2023-10-10 13:14:15", "2023-10-17 13:14:15"},
        {"@monthly", tuesday, wednesday, "2023-10-12 13:14:15", "2023-11-01 13:14:15"},
        {"*/10 * * * *", tuesday, wednesday, "2023-10-11 12:10:00", "2023-10-11 12:20:00"},
        {"@hourly", "2024-01-01 00:30:20", leap_day, "2024-02-29 12:30:20", "2024-02-29 13:30:20"},
        {"@daily", "2024-01-01 18:30:00", leap_day, "2024-02-29 18:30:00", "2024-03-01 18:30:00"},
        {"@weekly", "2024-01-03 18:30:00", leap_day, "2024-02-28 18:30:00", "2024-03-06 18:30:00"},
        {"@monthly", "2024-01-31 18:30:00", leap_day, "2024-03-02 18:30:00", "2024-04-01 18:30:00"},
        {"@monthly", "2026-01-03 10:20:30", "2026-11-23 14:00:00", "2026-11-03 10:20:30", "2026-12-01 10:20:30"},
        {"@daily", "", leap_day, "2024-02-29 00:00:00", "2024-03-01 00:00:00"},  // no start time to land at
    };
    for (const Case& c : cases) {
        INFO(c.interval << " at " << c.now << " landing as " << c.start_time);
        const Schedule schedule = time_schedule(c.interval, c.start_time, true);
        CHECK(shown(current_execution_date(schedule, at(c.now))) == c.current);
        CHECK(shown(next_execution_date(schedule, at(c.now))) == c.next);
    }
}

TEST_CASE("landing time is on for time schedules of a fixed period with the setting", "[row 46]") {
    struct Case {
        std::optional<ScheduleType> type;
        const char *interval, *settings;
        bool enabled;
    };
    const char* on = R"({"landing_time_enabled": true})";
    const Case cases[] = {
        {ScheduleType::time, "@hourly", on, true},
        {ScheduleType::time, "@daily", on, true},
        {ScheduleType::time, "@weekly", on, true},
        {ScheduleType::time, "@monthly", on, true},
        {ScheduleType::time, "@once", on, false},
        {ScheduleType::time, "@always_on", on, false},
        {ScheduleType::time, "@yearly", on, false},
        {ScheduleType::time, "* * * * *", on, false},
        {ScheduleType::api, "@daily", on, false},
        {ScheduleType::event, "@daily", on, false},
        {std::nullopt, "@daily", on, false},
        {ScheduleType::time, "@daily", R"({"landing_time_enabled": false})", false},
        {ScheduleType::time, "@daily", R"({"other": "landing_time_enabled"})", false},
        {ScheduleType::time, "@daily", "{}", false},
    };
    for (const Case& c : cases) {
        INFO(c.interval << " " << c.settings);
        Schedule schedule = time_schedule(c.interval);
        schedule.schedule_type = c.type;
        schedule.settings = json::Text(c.settings);
        CHECK(is_landing_time_enabled(schedule) == c.enabled);
    }
}

TEST_CASE("an interval is one of six constants or a cron expression", "[row 39]") {
    for (const char* text :
         {"@once", "@hourly", "@daily", "@weekly", "@monthly", "@always_on", "* * * * *", "0 0 31 2 *", "@yearly",
          "@annually", "@midnight", "0 0 * * mon-fri", "* * * * * *", "* * * * * * 2030", "0 0 L * *", "0 0 * * 1#2"}) {
        INFO(text);
        CHECK(is_valid_interval(text));
    }
    for (const char* text : {"", "random_str", "@reboot", "@Once", "@ALWAYS_ON", "@daily ", "60 * * * *", "0 0 * * 8",
                             "*/0 * * * *", "* * * *"}) {
        INFO(text);
        CHECK_FALSE(is_valid_interval(text));
    }
}
