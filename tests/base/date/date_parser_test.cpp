#include <string>

#include "base/date/date_text.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

namespace {

struct Case {
    std::string_view text;
    std::string_view clock;
    std::int64_t offset_s;
};
constexpr std::int64_t kNaive = 99'999;  // the text names no zone

const Instant kToday = from_civil({2026, 11, 23, 18, 30, 0, 0});

template <std::size_t n>
void check_all(const Case (&cases)[n]) {
    for (const Case& c : cases) {
        CAPTURE(std::string(c.text));
        const auto date = parse_lenient_date(c.text, kToday);
        REQUIRE((date.ok() ? "accepted" : date.error().message) == "accepted");
        CHECK(date_text(date->clock, DateStyle::iso) == c.clock);
        REQUIRE(date->offset.has_value() == (c.offset_s != kNaive));
        if (date->offset) CHECK(*date->offset == Duration::seconds(c.offset_s));
    }
}

}  // namespace

// All answers in this file are python-dateutil 2.9's, on 2026-11-23, a Monday.
TEST_CASE("dates of numbers are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"2024-05-06", "2024-05-06T00:00:00", kNaive},
        {"2024/05/06", "2024-05-06T00:00:00", kNaive},
        {"2024.05.06", "2024-05-06T00:00:00", kNaive},
        {"2024 05 06", "2024-05-06T00:00:00", kNaive},
        {"2024-5-6", "2024-05-06T00:00:00", kNaive},
        {"5/6/2024", "2024-05-06T00:00:00", kNaive},
        {"5-6-2024", "2024-05-06T00:00:00", kNaive},
        {"13/5/2024", "2024-05-13T00:00:00", kNaive},
        {"13.5.24", "2024-05-13T00:00:00", kNaive},
        {"1/2/3", "2003-01-02T00:00:00", kNaive},
        {"99/1/2", "1999-01-02T00:00:00", kNaive},
        {"32/1/2", "2032-01-02T00:00:00", kNaive},
        {"12/31/99", "1999-12-31T00:00:00", kNaive},
        {"20240506", "2024-05-06T00:00:00", kNaive},
        {"240506", "2006-05-24T00:00:00", kNaive},
        {"202405060708", "2024-05-06T07:08:00", kNaive},
        {"20240506070809", "2024-05-06T07:08:09", kNaive},
        {"2024-05", "2024-05-23T00:00:00", kNaive},
        {"5/2024", "2024-05-23T00:00:00", kNaive},
        {"2024", "2024-11-23T00:00:00", kNaive},
        {"05", "2026-11-05T00:00:00", kNaive},
        {"05-06", "2026-05-06T00:00:00", kNaive},
        {"0001-01-01", "0001-01-01T00:00:00", kNaive},
        {"100-01-02", "0100-01-02T00:00:00", kNaive},
        {"2024-5", "2024-05-23T00:00:00", kNaive},
        {"12/2024", "2024-12-23T00:00:00", kNaive},
    };
    check_all(kCases);
}

TEST_CASE("dates with names are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"6 May 2024", "2024-05-06T00:00:00", kNaive},
        {"May 6, 2024", "2024-05-06T00:00:00", kNaive},
        {"May 6 2024", "2024-05-06T00:00:00", kNaive},
        {"May-6-2024", "2024-05-06T00:00:00", kNaive},
        {"6-May-2024", "2024-05-06T00:00:00", kNaive},
        {"6/May/24", "2024-05-06T00:00:00", kNaive},
        {"2024-May-06", "2024-05-06T00:00:00", kNaive},
        {"6May2024", "2024-05-06T00:00:00", kNaive},
        {"May2024", "2024-05-23T00:00:00", kNaive},
        {"May 2024", "2024-05-23T00:00:00", kNaive},
        {"May", "2026-05-23T00:00:00", kNaive},
        {"6th of May 2024", "2024-05-06T00:00:00", kNaive},
        {"1st Jan", "2026-01-01T00:00:00", kNaive},
        {"Jan 1st, 2024", "2024-01-01T00:00:00", kNaive},
        {"2nd february", "2026-02-02T00:00:00", kNaive},
        {"Sept 3", "2026-09-03T00:00:00", kNaive},
        {"SEPTEMBER 3rd", "2026-09-03T00:00:00", kNaive},
        {"Jan of 99", "1999-01-23T00:00:00", kNaive},
        {"January of 2024", "2024-01-23T00:00:00", kNaive},
        {"Dec 31 99", "1999-12-31T00:00:00", kNaive},
        {"31 Dec 68", "2068-12-31T00:00:00", kNaive},
        {"Feb 2023", "2023-02-23T00:00:00", kNaive},
        {"Feb", "2026-02-23T00:00:00", kNaive},
        {"Jan-01-99", "1999-01-01T00:00:00", kNaive},
        {"Jan/02/03", "2003-01-02T00:00:00", kNaive},
        {"24 Jan 99", "1999-01-24T00:00:00", kNaive},
        {"99 Jan 24", "1999-01-24T00:00:00", kNaive},
        {"2024 6 May", "2024-05-06T00:00:00", kNaive},
        {"May 2024 6", "2024-05-06T00:00:00", kNaive},
        {"ad 2024", "2024-11-23T00:00:00", kNaive},
    };
    check_all(kCases);
}

TEST_CASE("weekdays are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"Monday", "2026-11-23T00:00:00", kNaive},
        {"tue", "2026-11-24T00:00:00", kNaive},
        {"Sun", "2026-11-29T00:00:00", kNaive},
        {"Mon, 6 May 2024", "2024-05-06T00:00:00", kNaive},
        {"Thu Sep 25 2003", "2003-09-25T00:00:00", kNaive},
        {"Fri May 2024", "2024-05-24T00:00:00", kNaive},
        {"Sat 2024", "2024-11-23T00:00:00", kNaive},
    };
    check_all(kCases);
}

TEST_CASE("times are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"10:30", "2026-11-23T10:30:00", kNaive},
        {"7:08:09", "2026-11-23T07:08:09", kNaive},
        {"7:08:09.5", "2026-11-23T07:08:09.500000", kNaive},
        {"07:08:09,123", "2026-11-23T07:08:09.123000", kNaive},
        {"7:08:09.123456789", "2026-11-23T07:08:09.123456", kNaive},
        {"24-05-06 7:08", "2006-05-24T07:08:00", kNaive},
        {"7pm", "2026-11-23T19:00:00", kNaive},
        {"7 pm", "2026-11-23T19:00:00", kNaive},
        {"12am", "2026-11-23T00:00:00", kNaive},
        {"12 pm", "2026-11-23T12:00:00", kNaive},
        {"7:08 pm", "2026-11-23T19:08:00", kNaive},
        {"7:08:09 AM", "2026-11-23T07:08:09", kNaive},
        {"12:30 am", "2026-11-23T00:30:00", kNaive},
        {"7 p", "2026-11-23T19:00:00", kNaive},
        {"0 am", "2026-11-23T00:00:00", kNaive},
        {"13 pm", "2026-11-23T13:00:00", kNaive},
        {"7h", "2026-11-23T07:00:00", kNaive},
        {"7h8", "2026-11-23T07:08:00", kNaive},
        {"7h8m9s", "2026-11-23T07:08:09", kNaive},
        {"7h8m9.5s", "2026-11-23T07:08:09.500000", kNaive},
        {"7 h 8 m", "2026-11-23T07:08:00", kNaive},
        {"7 hours 8 minutes 9.25 seconds", "2026-11-23T07:08:09.250000", kNaive},
        {"7.5h", "2026-11-23T07:30:00", kNaive},
        {"10m30", "2026-11-23T00:10:30", kNaive},
        {"5s", "2026-11-23T00:00:05", kNaive},
        {"7:08.5", "2026-11-23T07:08:30", kNaive},
        {"20240506T07", "2024-05-06T07:00:00", kNaive},
        {"20240506T0708", "2024-05-06T07:08:00", kNaive},
        {"20240506T070809", "2024-05-06T07:08:09", kNaive},
        {"20240506T070809.5", "2024-05-06T07:08:09.500000", kNaive},
        {"2024-05-06 070809", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06T0708", "2024-05-06T07:08:00", kNaive},
        {"2024-05-06T07:08", "2024-05-06T07:08:00", kNaive},
        {"2024-05-06 at 7:08", "2024-05-06T07:08:00", kNaive},
        {"7:08 on May 6", "2026-05-06T07:08:00", kNaive},
        {"10:30,", "2026-11-23T10:30:00", kNaive},
    };
    check_all(kCases);
}

TEST_CASE("zones are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"2024-05-06T07:08:09Z", "2024-05-06T07:08:09", 0},
        {"2024-05-06 07:08 z", "2024-05-06T07:08:00", 0},
        {"2024-05-06 07:08 UTC", "2024-05-06T07:08:00", 0},
        {"2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09", 7200},
        {"2024-05-06 07:08:09 -0530", "2024-05-06T07:08:09", -19800},
        {"2024-05-06T07+2", "2024-05-06T07:00:00", 7200},
        {"2024-05-06T07:08 +5:30", "2024-05-06T07:08:00", 19800},
        {"2024-05-06T07:08 GMT+3", "2024-05-06T07:08:00", -10800},
        {"2024-05-06T07:08 UTC-4", "2024-05-06T07:08:00", 14400},
        {"2024-05-06T07:08 EST", "2024-05-06T07:08:00", kNaive},
        {"2024-05-06T07:08 EST+5", "2024-05-06T07:08:00", -18000},
        {"2024-05-06T07:08 BRST-3", "2024-05-06T07:08:00", 10800},
        {"2024-05-06T07:08+02:00 (CEST)", "2024-05-06T07:08:00", 7200},
        {"2024-05-06T07:08-03:00 (UTC)", "2024-05-06T07:08:00", 0},
        {"2024-05-06T07:08+00:00", "2024-05-06T07:08:00", 0},
        {"2024-05-06T07:08-00:00", "2024-05-06T07:08:00", 0},
        {"2024-05-06T07:08:09.5+02:00", "2024-05-06T07:08:09.500000", 7200},
        {"Thu Sep 25 10:36:28 UTC 2003", "2003-09-25T10:36:28", 0},
        {"Thu, 25 Sep 2003 10:49:41 -0300", "2003-09-25T10:49:41", -10800},
        {"2003-09-25T10:49:41.5-03:00", "2003-09-25T10:49:41.500000", -10800},
        {"10 am EST", "2026-11-23T10:00:00", kNaive},
        {"2024-05-06T07:08+23:59", "2024-05-06T07:08:00", 86340},
    };
    check_all(kCases);
}

TEST_CASE("oddities are read as dateutil reads them") {
    static constexpr Case kCases[] = {
        {"2024-05-06T07:08:09Z ", "2024-05-06T07:08:09", 0},
        {"  2024-05-06  ", "2024-05-06T00:00:00", kNaive},
        {"2024-05-06,", "2024-05-06T00:00:00", kNaive},
        {"\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4-05-06", "2024-05-06T00:00:00", kNaive},
        {"2024\xc2\xa0"
         "05\xe2\x80\x83"
         "06",
         "2024-05-06T00:00:00", kNaive},
        {"2024-05-06\x00"sv, "2024-05-06T00:00:00", kNaive},
        {"5s 7", "2026-11-23T00:00:05", kNaive},
        {"Jan of x 2", "2026-01-02T00:00:00", kNaive},
        {"10.30", "2026-11-10T00:00:00", kNaive},
        {"1.2.2003", "2003-01-02T00:00:00", kNaive},
        {"Sep.20.2009", "2009-09-20T00:00:00", kNaive},
        {"'99 Jan 1", "1999-01-01T00:00:00", kNaive},
        {"2024-05-06 - 7:08", "2024-05-06T07:08:00", kNaive},
        {"2024 May 06 07:08", "2024-05-06T07:08:00", kNaive},
        {"1.5", "2026-11-01T00:00:00", kNaive},
        {"20240506 10", "2024-05-06T10:00:00", kNaive},
        {"9999-12-31", "9999-12-31T00:00:00", kNaive},
        {"12", "2026-11-12T00:00:00", kNaive},
        {"7:08 7:09", "2026-11-23T07:09:00", kNaive},
        {"Mon Tue", "2026-11-24T00:00:00", kNaive},
    };
    check_all(kCases);
}

TEST_CASE("what dateutil refuses is refused with its words") {
    struct Refused {
        std::string_view text;
        std::string_view error;
    };
    static constexpr Refused kCases[] = {
        {"31", "day is out of range for month: 31"},
        {"8.5 min", "Unknown string format: 8.5 min"},
        {"2024-05-06T7", "Unknown string format: 2024-05-06T7"},
        {"2024-05-06 07:08 gmt", "Unknown string format: 2024-05-06 07:08 gmt"},
        {"17 and 3", "month must be in 1..12: 17 and 3"},
        {"", "String does not contain a date: "},
        {" ", "String does not contain a date:  "},
        {"  ,", "String does not contain a date:   ,"},
        {"-", "String does not contain a date: -"},
        {"and", "String does not contain a date: and"},
        {"garbage", "Unknown string format: garbage"},
        {"tomorrow", "Unknown string format: tomorrow"},
        {"now", "Unknown string format: now"},
        {"2024-05-06x", "Unknown string format: 2024-05-06x"},
        {"x2024", "Unknown string format: x2024"},
        {"2024-05-06T07:08:09.123.456", "Unknown string format: 2024-05-06T07:08:09.123.456"},
        {"2024-13-45", "month must be in 1..12: 2024-13-45"},
        {"2024-13", "bad month number 13; must be 1-12: 2024-13"},
        {"2024-00-01", "month must be in 1..12: 2024-00-01"},
        {"2024-02-30", "day is out of range for month: 2024-02-30"},
        {"Feb 30", "day is out of range for month: Feb 30"},
        {"31/31/2024", "month must be in 1..12: 31/31/2024"},
        {"1 2 3 4 5", "Unknown string format: 1 2 3 4 5"},
        {"10000-01-01", "year 10000 is out of range: 10000-01-01"},
        {"0000-01-01", "year 0 is out of range: 0000-01-01"},
        {"25:00", "hour must be in 0..23: 25:00"},
        {"10:60", "minute must be in 0..59: 10:60"},
        {"10:30:60", "second must be in 0..59: 10:30:60"},
        {"99999999999-01-01", "signed integer is greater than maximum"},
        {"99999999999999999999-01-01", "Python int too large to convert to C long"},
        {"am", "Unknown string format: am"},
        {"pm 7", "Unknown string format: pm 7"},
        {"14:00 pm", "Unknown string format: 14:00 pm"},
        {"7 xm", "Unknown string format: 7 xm"},
        {"10:30 am pm x", "Unknown string format: 10:30 am pm x"},
        {"May May", "Unknown string format: May May"},
        {"May 6 June", "Unknown string format: May 6 June"},
        {"Jan-", "Unknown string format: Jan-"},
        {"Jan-x", "Unknown string format: Jan-x"},
        {"10:", "Unknown string format: 10:"},
        {"10:x", "Unknown string format: 10:x"},
        {"07:08+", "Unknown string format: 07:08+"},
        {"07:08+x", "Unknown string format: 07:08+x"},
        {"07:08+02:", "Unknown string format: 07:08+02:"},
        {"07:08+020", "Unknown string format: 07:08+020"},
        {"07:08+24:00", "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)."},
        {"07:08 -9999", "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)."},
        {"10:00 NAN", "Unknown string format: 10:00 NAN"},
        {"10:00 INF", "Unknown string format: 10:00 INF"},
        {"nan", "Unknown string format: nan"},
        {"inf", "Unknown string format: inf"},
        {"1e5", "Unknown string format: 1e5"},
        {"1_000", "Unknown string format: 1_000"},
        {"0x10", "Unknown string format: 0x10"},
        {"2024-W10-3", "Unknown string format: 2024-W10-3"},
        {"2024-05-06T07:08:09+02:00[Europe/Berlin]", "Unknown string format: 2024-05-06T07:08:09+02:00[Europe/Berlin]"},
        {"07:08 Europe/Berlin", "Unknown string format: 07:08 Europe/Berlin"},
        {"07:08 TOOLONG", "Unknown string format: 07:08 TOOLONG"},
        {"(2024)", "Unknown string format: (2024)"},
        {"2024-05-06;07:08?", "Unknown string format: 2024-05-06;07:08?"},
        {"\xe4\xb8\x8a\xe5\x8d\x88", "Unknown string format: \xe4\xb8\x8a\xe5\x8d\x88"},
        {"\xc2\xb2", "Unknown string format: \xc2\xb2"},
        {"6 m\xc3\xa4rz 2024", "Unknown string format: 6 m\xc3\xa4rz 2024"},
        {R"({"a": 1})", R"(Unknown string format: {"a": 1})"},
        {"%s %d", "Unknown string format: %s %d"},
        {"Thurs", "Unknown string format: Thurs"},
        {"tues", "Unknown string format: tues"},
        {"99:99", "hour must be in 0..23: 99:99"},
        {"2024-1-1-1", "Unknown string format: 2024-1-1-1"},
        {"12345678901234567890", "Python int too large to convert to C long"},
        {"7:08:09:10", "Unknown string format: 7:08:09:10"},
        {"a", "Unknown string format: a"},
        {"of", "String does not contain a date: of"},
        {"\xed\xa0\x80", "Unknown string format: \xed\xa0\x80"},
        {"T", "String does not contain a date: T"},
        {"1.2.3.4", "Unknown string format: 1.2.3.4"},
    };
    for (const Refused& c : kCases) {
        CAPTURE(std::string(c.text));
        const auto date = parse_lenient_date(c.text, kToday);
        CHECK((date.ok() ? "accepted" : date.error().message) == c.error);
    }
}

TEST_CASE("missing parts come from today, its day cut to the month's length") {
    const Instant today = from_civil({2024, 1, 31, 12, 0, 0, 0});
    const auto read = [today](std::string_view text) {
        return date_text(parse_lenient_date(text, today)->clock, DateStyle::iso);
    };
    CHECK(read("10:30") == "2024-01-31T10:30:00");
    CHECK(read("Feb") == "2024-02-29T00:00:00");
    CHECK(read("Feb 2023") == "2023-02-28T00:00:00");
    CHECK(read("2023") == "2023-01-31T00:00:00");
    CHECK(read("April") == "2024-04-30T00:00:00");
    CHECK(read("April 2024 10:00") == "2024-04-30T10:00:00");
    CHECK(read("Wed") == "2024-01-31T00:00:00");
    CHECK(read("Sun") == "2024-02-04T00:00:00");
    CHECK(read("Feb Wed") == "2024-03-06T00:00:00");
    CHECK(read("5") == "2024-01-05T00:00:00");
}

TEST_CASE("years of two digits lie within fifty years of today") {
    const auto year = [](std::string_view text, std::int32_t this_year) {
        return to_civil(parse_lenient_date(text, from_civil({.year = this_year}))->clock).year;
    };
    CHECK(year("1/1/75", 2026) == 2075);
    CHECK(year("1/1/76", 2026) == 1976);
    CHECK(year("1/1/77", 2026) == 1977);
    CHECK(year("1/1/00", 2026) == 2000);
    CHECK(year("1/1/49", 1999) == 1949);
    CHECK(year("1/1/48", 1999) == 2048);
    CHECK(year("1/1/99", 2049) == 1999);
    CHECK(year("1/1/50", 2100) == 2050);
    CHECK(year("Jan of 75", 2026) == 2075);
    CHECK(year("Jan of 76", 2026) == 1976);
}

TEST_CASE("a weekday beyond the last day of the calendar is refused") {
    const auto date = parse_lenient_date("Saturday", from_civil({9999, 12, 31, 0, 0, 0, 0}));  // a Friday
    REQUIRE_FALSE(date.ok());
    CHECK(date.error().message == "date value out of range");
}
