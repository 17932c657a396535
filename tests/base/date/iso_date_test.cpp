#include <string>

#include "base/date/date_text.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

// All answers are CPython 3.11's.
TEST_CASE("ISO dates are read as datetime.fromisoformat reads them") {
    struct Case {
        std::string_view text;
        std::string_view clock;
        std::int64_t offset_s;  // kNaive: the text names no zone
    };
    constexpr std::int64_t kNaive = 99'999;
    static constexpr Case kCases[] = {
        {"2024-05-06", "2024-05-06T00:00:00", kNaive},
        {"20240506", "2024-05-06T00:00:00", kNaive},
        {"2024-05-06T07", "2024-05-06T07:00:00", kNaive},
        {"2024-05-06T07:08", "2024-05-06T07:08:00", kNaive},
        {"2024-05-06T07:08:09", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06 07:08:09", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06_07:08:09", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06\xc3\xa9"
         "07:08:09",
         "2024-05-06T07:08:09", kNaive},
        {"2024-05-06\xf0\x9f\x98\x80"
         "07:08",
         "2024-05-06T07:08:00", kNaive},
        {"2024-05-06\xed\xa0\x80"
         "07:08",
         "2024-05-06T07:08:00", kNaive},
        {"2024-05-06107:08", "2024-05-06T07:08:00", kNaive},
        {"20240506T0708", "2024-05-06T07:08:00", kNaive},
        {"20240506T070809", "2024-05-06T07:08:09", kNaive},
        {"20240506T070809.5", "2024-05-06T07:08:09.500000", kNaive},
        {"20240506 07:08:09", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06T070809", "2024-05-06T07:08:09", kNaive},
        {"2024-05-06T07:08:09.1", "2024-05-06T07:08:09.100000", kNaive},
        {"2024-05-06T07:08:09.12", "2024-05-06T07:08:09.120000", kNaive},
        {"2024-05-06T07:08:09.123", "2024-05-06T07:08:09.123000", kNaive},
        {"2024-05-06T07:08:09,123456", "2024-05-06T07:08:09.123456", kNaive},
        {"2024-05-06T07:08:09.123456789", "2024-05-06T07:08:09.123456", kNaive},
        {"2024-05-06T07:08.5", "2024-05-06T07:08:00.500000", kNaive},
        {"2024-05-06T07.5", "2024-05-06T07:00:00.500000", kNaive},
        {"2024-05-06T07:08:09Z", "2024-05-06T07:08:09", 0},
        {"2024-05-06T07:08:09+00:00", "2024-05-06T07:08:09", 0},
        {"2024-05-06T07:08:09-00:00", "2024-05-06T07:08:09", 0},
        {"2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09", 7200},
        {"2024-05-06T07:08:09-0530", "2024-05-06T07:08:09", -19800},
        {"2024-05-06T07:08:09+05", "2024-05-06T07:08:09", 18000},
        {"2024-05-06T07+02", "2024-05-06T07:00:00", 7200},
        {"2024-05-06T07:08:09.5+02:00", "2024-05-06T07:08:09.500000", 7200},
        {"2024-05-06T07:08:09+02:00:30", "2024-05-06T07:08:09", 7230},
        {"2024-05-06T07:08:09+23:59:59", "2024-05-06T07:08:09", 86399},
        {"2024-05-06T07:08:09+02:99", "2024-05-06T07:08:09", 13140},
        {"2024-05-06T07:+02:00", "2024-05-06T07:00:00", 7200},
        {"2024-05-06T07:08:09:10", "2024-05-06T07:08:09.100000", kNaive},
        {"20240506T07080910", "2024-05-06T07:08:09.100000", kNaive},
        {"2024-W10", "2024-03-04T00:00:00", kNaive},
        {"2024W10", "2024-03-04T00:00:00", kNaive},
        {"2024-W10-3", "2024-03-06T00:00:00", kNaive},
        {"2024W103", "2024-03-06T00:00:00", kNaive},
        {"2024-W10T07:08", "2024-03-04T07:08:00", kNaive},
        {"2024W103T0708", "2024-03-06T07:08:00", kNaive},
        {"2024-W10-07", "2024-03-04T07:00:00", kNaive},
        {"2020-W53-5", "2021-01-01T00:00:00", kNaive},
        {"2021-W01-1", "2021-01-04T00:00:00", kNaive},
        {"2024-W01-1", "2024-01-01T00:00:00", kNaive},
        {"0001-01-01", "0001-01-01T00:00:00", kNaive},
        {"9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999", kNaive},
        {"2024-02-29", "2024-02-29T00:00:00", kNaive},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        const auto date = parse_iso_date(c.text);
        REQUIRE((date.ok() ? "accepted" : date.error().message) == "accepted");
        CHECK(date_text(date->clock, DateStyle::iso) == c.clock);
        REQUIRE(date->offset.has_value() == (c.offset_s != kNaive));
        if (date->offset) CHECK(*date->offset == Duration::seconds(c.offset_s));
    }
}

TEST_CASE("what fromisoformat refuses is refused with its words") {
    struct Case {
        std::string_view text;
        std::string_view error;
    };
    static constexpr Case kCases[] = {
        {"", "Invalid isoformat string: ''"},
        {"x", "Invalid isoformat string: 'x'"},
        {"garbage", "Invalid isoformat string: 'garbage'"},
        {"2024", "Invalid isoformat string: '2024'"},
        {"2024-05", "Invalid isoformat string: '2024-05'"},
        {"202405", "Invalid isoformat string: '202405'"},
        {"2024-5-6", "Invalid isoformat string: '2024-5-6'"},
        {"24-05-06", "Invalid isoformat string: '24-05-06'"},
        {"2024/05/06", "Invalid isoformat string: '2024/05/06'"},
        {"2024-05-06T", "Invalid isoformat string: '2024-05-06T'"},
        {"2024-05-06 ", "Invalid isoformat string: '2024-05-06 '"},
        {" 2024-05-06", "Invalid isoformat string: ' 2024-05-06'"},
        {"2024-05-06T7", "Invalid isoformat string: '2024-05-06T7'"},
        {"2024-05-06T07:", "Invalid isoformat string: '2024-05-06T07:'"},
        {"2024-05-06T07:8", "Invalid isoformat string: '2024-05-06T07:8'"},
        {"2024-05-06T0708:09", "Invalid isoformat string: '2024-05-06T0708:09'"},
        {"2024-05-06T07:0809", "Invalid isoformat string: '2024-05-06T07:0809'"},
        {"2024-05-06T07:08:09.", "Invalid isoformat string: '2024-05-06T07:08:09.'"},
        {"2024-05-06T07:08:09.x", "Invalid isoformat string: '2024-05-06T07:08:09.x'"},
        {"2024-05-06T07:08:09z", "Invalid isoformat string: '2024-05-06T07:08:09z'"},
        {"2024-05-06T07:08:09Zx", "Invalid isoformat string: '2024-05-06T07:08:09Zx'"},
        {"2024-05-06T07:08:09+", "Invalid isoformat string: '2024-05-06T07:08:09+'"},
        {"2024-05-06T07:08:09+2", "Invalid isoformat string: '2024-05-06T07:08:09+2'"},
        {"2024-05-06T07:08:09+2:00", "Invalid isoformat string: '2024-05-06T07:08:09+2:00'"},
        {"2024-05-06T07:08:09+02:00x", "Invalid isoformat string: '2024-05-06T07:08:09+02:00x'"},
        {"2024-05-06T07:08:09 UTC", "Invalid isoformat string: '2024-05-06T07:08:09 UTC'"},
        {"2024-05-06T07:08:09a", "Invalid isoformat string: '2024-05-06T07:08:09a'"},
        {"2024-0506", "Invalid isoformat string: '2024-0506'"},
        {"202405-06", "Invalid isoformat string: '202405-06'"},
        {"2024-W54-1", "Invalid isoformat string: '2024-W54-1'"},
        {"2024-W00", "Invalid isoformat string: '2024-W00'"},
        {"2021-W53", "Invalid isoformat string: '2021-W53'"},
        {"2024-W10-8", "Invalid isoformat string: '2024-W10-8'"},
        {"2024-W10-0", "Invalid isoformat string: '2024-W10-0'"},
        {"2024-W1", "Invalid isoformat string: '2024-W1'"},
        {"2024W1", "Invalid isoformat string: '2024W1'"},
        {"2024-123", "Invalid isoformat string: '2024-123'"},
        {"\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4-05-06",
         "Invalid isoformat string: '\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4-05-06'"},
        {"it's 2024", R"(Invalid isoformat string: "it's 2024")"},
        {"2024-05-06\n", R"(Invalid isoformat string: '2024-05-06\n')"},
        {"\xed\xa0\x80"
         "2024-05-06",
         R"(Invalid isoformat string: '\ud8002024-05-06')"},
        {"2024-00-10", "month must be in 1..12"},
        {"2024-13-01", "month must be in 1..12"},
        {"2024-02-30", "day is out of range for month"},
        {"2023-02-29", "day is out of range for month"},
        {"2024-01-00", "day is out of range for month"},
        {"0000-01-01", "year 0 is out of range"},
        {"2024-05-06T24:00", "hour must be in 0..23"},
        {"2024-05-06T07:60", "minute must be in 0..59"},
        {"2024-05-06T07:08:60", "second must be in 0..59"},
        {"2024-05-06T07:08:09+24:00",
         "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not "
         "datetime.timedelta(days=1)."},
        {"2024-05-06T07:08:09-24:00",
         "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not "
         "datetime.timedelta(days=-1)."},
        {"2024-05-06T07:08:09+99:99:99.5",
         "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not "
         "datetime.timedelta(days=4, seconds=16839, microseconds=500000)."},
        {"9999-W52-7", "year 10000 is out of range"},
        {"9999-W53-1", "Invalid isoformat string: '9999-W53-1'"},
        {"0000-W01-1", "month must be in 1..12"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        const auto date = parse_iso_date(c.text);
        CHECK((date.ok() ? "accepted" : date.error().message) == c.error);
    }
}

TEST_CASE("a zone is taken away to get to UTC") {
    CHECK(date_text(parse_iso_date("2024-05-06T07:08:09+02:00")->utc(), DateStyle::iso) == "2024-05-06T05:08:09");
    CHECK(date_text(parse_iso_date("2024-12-31T23:00:00-05:30")->utc(), DateStyle::iso) == "2025-01-01T04:30:00");
    CHECK(date_text(parse_iso_date("2024-05-06T07:08:09")->utc(), DateStyle::iso) == "2024-05-06T07:08:09");
    CHECK_FALSE(is_representable(parse_iso_date("0001-01-01T00:00+00:01")->utc()));
}
