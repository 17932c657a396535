#include "lifecycle/cron/cron_periods.hpp"

#include <string>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

std::string shown(const Result<Instant>& match) { return match.ok() ? std::to_string(match->us) : "no match"; }

}  // namespace

TEST_CASE("periods that are remembered are those of a search, wherever the clock goes") {
    const char* const expressions[] = {"* * * * *",        "*/5 * * * *",   "0 0 * * *",      "30 4 1,15 * 5",
                                       "0 0 29 2 *",       "0 12 L * *",    "0 0 30 2 *",     "0 0 * 6 *",
                                       "0 0 1 1 * 0 2031", "15 10 * * 1#2", "* * * * * */20", "0 0 1 1 *"};
    Prng random(1);
    for (const char* const text : expressions) {
        const CronExpression cron = *CronExpression::parse(text);
        CronPeriods periods(cron);
        Instant now{1'767'225'600'000'000};
        for (int i = 0; i < 400; ++i) {
            INFO(text << " at " << now.us);
            // The end is asked for first half of the time: neither needs the other.
            const auto end = [&] {
                const auto begin = cron.previous(now);
                const Instant before = now.floor_second() == now ? now - Duration::seconds(1) : now.floor_second();
                CHECK(shown(periods.end(now)) == shown(cron.next(begin.ok() ? *begin : before)));
            };
            if (i % 2 == 0) end();
            REQUIRE(shown(periods.begin(now)) == shown(cron.previous(now)));
            if (i % 2 == 1) end();
            // On by up to a minute, a day or two years, to a match itself, or back.
            const std::int64_t steps[] = {60, 86'400, 2 * 365 * 86'400};
            const std::int64_t seconds = random.between(0, steps[random.below(3)]);
            const std::int64_t rest = random.below(2) == 0 ? 0 : random.between(0, 999'999);
            if (const auto match = cron.next(now); random.below(4) == 0 && match.ok())
                now = *match;
            else if (random.below(20) == 0)
                now = now - Duration::seconds(seconds);
            else
                now = now.floor_second() + Duration::seconds(seconds) + Duration::microseconds(rest);
        }
    }
}
