#include "lifecycle/cron/cron.hpp"

#include <string>
#include <vector>

#include "base/date/date_text.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

Instant at(std::string_view text) { return parse_iso_date(text)->utc(); }

std::string shown(const Result<Instant>& result) {
    return result ? date_text(*result, DateStyle::space) : result.error().message;
}

CronExpression cron(std::string_view text) {
    INFO(text);
    auto parsed = CronExpression::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

TEST_CASE("an expression matches before and after an instant") {
    struct Case {
        const char *expression, *now, *previous, *next;
    };
    const Case cases[] = {
        {"*/10 * * * *", "2024-02-29 12:34:56", "2024-02-29 12:30:00", "2024-02-29 12:40:00"},
        // `previous` is strictly before the instant rounded up to a whole second, `next` strictly after it.
        {"*/10 * * * *", "2024-02-29 12:10:00", "2024-02-29 12:00:00", "2024-02-29 12:20:00"},
        {"*/10 * * * *", "2024-02-29 12:10:00.000001", "2024-02-29 12:10:00", "2024-02-29 12:20:00"},
        {"*/10 * * * *", "2024-02-29 12:09:59.999999", "2024-02-29 12:00:00", "2024-02-29 12:10:00"},
        {"* * * * *", "2024-01-01 00:00:00", "2023-12-31 23:59:00", "2024-01-01 00:01:00"},
        {"* * * * * *", "2024-01-01 00:00:00", "2023-12-31 23:59:59", "2024-01-01 00:00:01"},
        {"* * * * * */7", "2024-01-01 00:00:30.5", "2024-01-01 00:00:28", "2024-01-01 00:00:35"},
        {"0 0 1 1 * 0 2030", "2024-06-01 00:00:00", "failed to find prev date", "2030-01-01 00:00:00"},
        {"0 0 1 1 * 0 2020-2022", "2024-06-01 00:00:00", "2022-01-01 00:00:00", "failed to find next date"},
        // Aliases, in any case.
        {"@yearly", "2024-02-29 12:34:56", "2024-01-01 00:00:00", "2025-01-01 00:00:00"},
        {"@Annually", "2024-02-29 12:34:56", "2024-01-01 00:00:00", "2025-01-01 00:00:00"},
        {"@MIDNIGHT", "2024-02-29 12:34:56", "2024-02-29 00:00:00", "2024-03-01 00:00:00"},
        {"@weekly", "2024-02-29 12:34:56", "2024-02-25 00:00:00", "2024-03-03 00:00:00"},
        {"@monthly", "2024-02-29 12:34:56", "2024-02-01 00:00:00", "2024-03-01 00:00:00"},
        {"@hourly", "2024-02-29 12:34:56", "2024-02-29 12:00:00", "2024-02-29 13:00:00"},
        {"@daily", "2024-02-29 12:34:56", "2024-02-29 00:00:00", "2024-03-01 00:00:00"},
        // Names, Sunday as 7, wrapping ranges, equal ends.
        {"0 0 1 JAN *", "2024-02-29 12:34:56", "2024-01-01 00:00:00", "2025-01-01 00:00:00"},
        {"0 0 * * sun", "2024-02-29 12:34:56", "2024-02-25 00:00:00", "2024-03-03 00:00:00"},
        {"0 0 * * 7", "2024-02-29 12:34:56", "2024-02-25 00:00:00", "2024-03-03 00:00:00"},
        {"0 22-2 * * *", "2024-02-29 12:34:56", "2024-02-29 02:00:00", "2024-02-29 22:00:00"},
        {"0 0 * * fri-mon", "2024-02-29 12:34:56", "2024-02-26 00:00:00", "2024-03-01 00:00:00"},
        {"0 0 * * 5-7", "2024-02-29 12:34:56", "2024-02-25 00:00:00", "2024-03-01 00:00:00"},
        {"0 0 1 nov-feb *", "2024-06-01 00:00:01", "2024-02-01 00:00:00", "2024-11-01 00:00:00"},
        {"0 0 * * wed-wed", "2024-02-29 12:34:56", "2024-02-29 00:00:00", "2024-03-01 00:00:00"},
        {"58/1 * * * *", "2024-02-29 12:34:56", "2024-02-29 11:59:00", "2024-02-29 12:58:00"},
        {"59/20 * * * *", "2024-02-29 12:34:56", "2024-02-29 12:20:00", "2024-02-29 12:40:00"},  // 59-59/20
        {"0 20-3/2 * * *", "2024-02-29 03:30:00", "2024-02-29 02:00:00", "2024-02-29 20:00:00"},
        {"5,10-12,*/30 * * * *", "2024-02-29 12:11:30", "2024-02-29 12:11:00", "2024-02-29 12:12:00"},
        // Last days, days of the month's weeks.
        {"0 0 L * *", "2024-02-15 00:00:00", "2024-01-31 00:00:00", "2024-02-29 00:00:00"},
        {"0 0 10,l * *", "2023-02-15 00:00:00", "2023-02-10 00:00:00", "2023-02-28 00:00:00"},
        {"0 0 29-L * *", "2023-02-15 00:00:00", "2023-01-31 00:00:00", "2023-03-29 00:00:00"},
        {"0 0 * * 1#2", "2024-02-15 00:00:00", "2024-02-12 00:00:00", "2024-03-11 00:00:00"},
        {"0 0 * * sat#5", "2024-02-15 00:00:00", "2023-12-30 00:00:00", "2024-03-30 00:00:00"},
        {"0 0 * * mon-wed#1", "2024-02-15 00:00:00", "2024-02-07 00:00:00", "2024-03-04 00:00:00"},
        {"0 0 * * L5", "2024-02-15 00:00:00", "2024-01-26 00:00:00", "2024-02-23 00:00:00"},
        {"0 0 * * l7,mon#1", "2024-02-15 00:00:00", "2024-02-05 00:00:00", "2024-02-25 00:00:00"},
        // Either day matches when both fields restrict; a ? or a star restricts nothing.
        {"0 0 1 * 1", "2024-01-10 00:00:00", "2024-01-08 00:00:00", "2024-01-15 00:00:00"},
        {"0 0 13 * fri", "2024-09-10 00:00:00", "2024-09-06 00:00:00", "2024-09-13 00:00:00"},
        {"0 0 ? * 1", "2024-01-10 00:00:00", "2024-01-08 00:00:00", "2024-01-15 00:00:00"},
        {"0 0 13 * ?", "2024-01-10 00:00:00", "2023-12-13 00:00:00", "2024-01-13 00:00:00"},
        {"0 0 1-31 * mon", "2024-01-10 00:00:00", "2024-01-09 00:00:00", "2024-01-11 00:00:00"},
        {"0 0 1-31 * */7", "2024-01-10 00:00:00", "2024-01-07 00:00:00", "2024-01-14 00:00:00"},
        {"0 0 1 * mon#2", "2024-01-10 00:00:00", "2024-01-08 00:00:00", "2024-02-01 00:00:00"},
        // Rare dates, and none at all.
        {"0 0 29 2 *", "2023-06-01 00:00:00", "2020-02-29 00:00:00", "2024-02-29 00:00:00"},
        {"0 0 29 2 *", "2097-01-01 00:00:00", "2096-02-29 00:00:00", "2104-02-29 00:00:00"},
        {"0 0 29 * *", "2024-03-10 00:00:00", "2024-02-29 00:00:00", "2024-03-29 00:00:00"},
        {"0 0 1,30 * *", "2023-02-05 00:00:00", "2023-02-01 00:00:00", "2023-03-01 00:00:00"},
        {"0 0 31 2 *", "2024-01-01 00:00:00", "failed to find prev date", "failed to find next date"},
        {"0 0 1 1 * 0 2074", "2024-06-01 00:00:00", "failed to find prev date", "2074-01-01 00:00:00"},
        {"0 0 1 1 * 0 2075", "2024-06-01 00:00:00", "failed to find prev date", "failed to find next date"},
        {"0 0 1 1 * 0 1974", "2024-06-01 00:00:00", "1974-01-01 00:00:00", "failed to find next date"},
        {"0 0 1 1 * 0 1973", "2024-06-01 00:00:00", "failed to find prev date", "failed to find next date"},
        // The ends of the calendar.
        {"0 0 1 1 *", "0001-01-01 00:00:00", "failed to find prev date", "0002-01-01 00:00:00"},
        {"0 0 1 1 *", "9999-06-01 00:00:00", "9999-01-01 00:00:00", "failed to find next date"},
    };
    for (const Case& c : cases) {
        INFO(c.expression << " at " << c.now);
        CHECK(shown(cron(c.expression).previous(at(c.now))) == c.previous);
        CHECK(shown(cron(c.expression).next(at(c.now))) == c.next);
    }
}

TEST_CASE("an expression that the engine cannot read is refused with the field and the element") {
    const std::string columns = "Exactly 5, 6 or 7 columns has to be specified for iterator expression.";
    struct Case {
        std::string expression, message;
    };
    const Case cases[] = {
        {"", columns},
        {"   ", columns},
        {"random_str", columns},
        {"* * * *", columns},
        {"* * * * * * * *", columns},
        {"@reboot", columns},
        {"@quarterly", columns},
        {"@once", columns},
        {"@daily ", columns},
        {"60 * * * *", "minute: \"60\" is not a value, range or step of 0-59"},
        {"* 24 * * *", "hour: \"24\" is not a value, range or step of 0-23"},
        {"* * 0 * *", "day of month: \"0\" is not a value, range or step of 1-31"},
        {"* * 32 * *", "day of month: \"32\" is not a value, range or step of 1-31"},
        {"* * 0-5 * *", "day of month: \"0-5\" is not a value, range or step of 1-31"},
        {"* * * 13 *", "month: \"13\" is not a value, range or step of 1-12"},
        {"* * * mon *", "month: \"mon\" is not a value, range or step of 1-12"},
        {"0 0 * * 8", "day of week: \"8\" is not a value, range or step of 0-6"},
        {"0 0 * * jan", "day of week: \"jan\" is not a value, range or step of 0-6"},
        {"jan * * * *", "minute: \"jan\" is not a value, range or step of 0-59"},
        {"* * * * * 60", "second: \"60\" is not a value, range or step of 0-59"},
        {"* * * * * 0 2100", "year: \"2100\" is not a value, range or step of 1970-2099"},
        {"* * * * * 0 1969", "year: \"1969\" is not a value, range or step of 1970-2099"},
        {"*/0 * * * *", "minute: \"*/0\" is not a value, range or step of 0-59"},
        {"*/x * * * *", "minute: \"*/x\" is not a value, range or step of 0-59"},
        {"*/ * * * *", "minute: \"*/\" is not a value, range or step of 0-59"},
        {"1/2/3 * * * *", "minute: \"1/2/3\" is not a value, range or step of 0-59"},
        {"1-2-3 * * * *", "minute: \"1-2-3\" is not a value, range or step of 0-59"},
        {"-5 * * * *", "minute: \"-5\" is not a value, range or step of 0-59"},
        {"5- * * * *", "minute: \"5-\" is not a value, range or step of 0-59"},
        {"*-5 * * * *", "minute: \"*-5\" is not a value, range or step of 0-59"},
        {"50-70 * * * *", "minute: \"50-70\" is not a value, range or step of 0-59"},
        {"1,,2 * * * *", "minute: \"\" is not a value, range or step of 0-59"},
        {"1, * * * *", "minute: \"\" is not a value, range or step of 0-59"},
        {"99999999999999999999 * * * *", "minute: \"99999999999999999999\" is not a value, range or step of 0-59"},
        {"? * * * *", "minute: \"?\" is not a value, range or step of 0-59"},
        {"* * ?,1 * *", "day of month: \"?\" is not a value, range or step of 1-31"},
        {"L * * * *", "minute: \"L\" is not a value, range or step of 0-59"},
        {"* * 15W * *", "day of month: \"15W\" is not a value, range or step of 1-31"},
        {"* * L-3 * *", "day of month: \"L-3\" is not a value, range or step of 1-31"},
        {"* * L3 * *", "day of month: \"L3\" is not a value, range or step of 1-31"},
        {"* * * * L", "day of week: \"L\" is not a value, range or step of 0-6"},
        {"* * * * 5L", "day of week: \"5L\" is not a value, range or step of 0-6"},
        {"* * * * L8", "day of week: \"L8\" is not a value, range or step of 0-6"},
        {"* * * * Lmon", "day of week: \"Lmon\" is not a value, range or step of 0-6"},
        {"* * * * 1#0", "day of week: \"1#0\" is not a value, range or step of 0-6"},
        {"* * * * 1#6", "day of week: \"1#6\" is not a value, range or step of 0-6"},
        {"* * * * 1-3#2", "day of week: \"1-3#2\" is not a value, range or step of 0-6"},
        {"* * * * */2#2", "day of week: \"*/2#2\" is not a value, range or step of 0-6"},
        {"* * 1#2 * *", "day of month: \"1#2\" is not a value, range or step of 1-31"},
        {"* * * * mon,tue#2", "day of week: \"mon,tue#2\" mixes days of the week with d#n or Ld"},
        {"* * * * 3,L5", "day of week: \"3,L5\" mixes days of the week with d#n or Ld"},
        {"H * * * *", "minute: \"H\" is not a value, range or step of 0-59"},
        {"R * * * *", "minute: \"R\" is not a value, range or step of 0-59"},
    };
    for (const Case& c : cases) {
        INFO(c.expression);
        const auto parsed = CronExpression::parse(c.expression);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().message == c.message);
    }
}

TEST_CASE("fields stand between blanks of any kind") {
    CHECK(shown(cron("  0\t12\n* \u00a0 * *  ").next(at("2024-01-01 00:00:00"))) == "2024-01-01 12:00:00");
}
