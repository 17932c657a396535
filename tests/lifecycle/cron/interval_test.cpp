#include "lifecycle/cron/interval.hpp"

#include "support/catch.hpp"
#include "support/stage.hpp"

using namespace runsim;
using test::at;

TEST_CASE("a period starts at its hour, day, Monday or first of the month") {
    const Instant now = at(2024, 2, 29, 12, 34, 56, 7);  // a Thursday
    CHECK(period_start(Interval::hourly, now) == at(2024, 2, 29, 12));
    CHECK(period_start(Interval::daily, now) == at(2024, 2, 29));
    CHECK(period_start(Interval::weekly, now) == at(2024, 2, 26));
    CHECK(period_start(Interval::monthly, now) == at(2024, 2, 1));
    for (const Instant start : {at(2024, 1, 1), at(2024, 1, 1, 0, 0, 0, 1)})
        for (const Interval interval : {Interval::hourly, Interval::daily, Interval::weekly, Interval::monthly})
            CHECK(period_start(interval, start) == at(2024, 1, 1));
}

TEST_CASE("the next period is one length on, or one calendar month") {
    const Instant date = at(2024, 1, 31, 12, 30);
    CHECK(period_after(Interval::hourly, date) == at(2024, 1, 31, 13, 30));
    CHECK(period_after(Interval::daily, date) == at(2024, 2, 1, 12, 30));
    CHECK(period_after(Interval::weekly, date) == at(2024, 2, 7, 12, 30));
    CHECK(period_after(Interval::monthly, date) == at(2024, 2, 29, 12, 30));
    for (const Interval interval : {Interval::hourly, Interval::daily, Interval::weekly, Interval::monthly})
        CHECK_FALSE(period_after(interval, at(9999, 12, 31, 23, 30)));
}
