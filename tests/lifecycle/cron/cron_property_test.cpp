#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "base/text/text.hpp"
#include "lifecycle/cron/cron.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

constexpr int kLow[] = {0, 0, 1, 1, 0, 0};
constexpr int kHigh[] = {59, 23, 31, 12, 6, 59};

// An expression that is written as lists of numbers, and its meaning kept apart from the parser.
struct Sample {
    std::string text;
    std::vector<std::set<int>> fields;  // empty: a star

    // Whether the whole second that begins at `instant` matches.
    bool matches(Instant instant) const {
        const CivilTime t = to_civil(instant);
        const int week = (weekday(instant) + 1) % 7;
        const auto in = [&](std::size_t field, int value) {
            return fields[field].empty() || fields[field].contains(value);
        };
        const bool day =
            !fields[2].empty() && !fields[4].empty() ? in(2, t.day) || in(4, week) : in(2, t.day) && in(4, week);
        return in(0, t.minute) && in(1, t.hour) && day && in(3, t.month) &&
               (fields.size() > 5 ? in(5, t.second) : t.second == 0);
    }
};

Sample random_sample(Prng& random, std::size_t columns) {
    Sample sample;
    for (std::size_t field = 0; field < columns; ++field) {
        std::set<int> values;
        if (random.below(2) == 0) {
            for (auto n = random.between(1, 4); n > 0; --n)
                values.insert(static_cast<int>(random.between(kLow[field], kHigh[field])));
        }
        if (field > 0) sample.text += ' ';
        if (values.empty()) sample.text += '*';
        bool first = true;
        for (const int value : values) {
            if (!first) sample.text += ',';
            first = false;
            append_int(sample.text, value);
        }
        sample.fields.push_back(std::move(values));
    }
    return sample;
}

// Looks at every step of the clock, for as long as `most` steps. `way` is 1 or -1.
std::optional<Instant> scan(const Sample& sample, Instant from, Duration step, int most) {
    Instant at = from;
    for (int i = 0; i < most; ++i, at = at + step)
        if (sample.matches(at)) return at;
    return std::nullopt;
}

Instant random_instant(Prng& random) {
    const Instant year_2000{946'684'800'000'000};
    return year_2000 + Duration::microseconds(random.between(0, Duration::days(40 * 365).us));
}

}  // namespace

TEST_CASE("the jumps of the engine find what a scan of the clock finds") {
    Prng random(7);
    int found = 0;
    for (int round = 0; round < 400; ++round) {
        const std::size_t columns = round % 2 == 0 ? 5 : 6;
        const Sample sample = random_sample(random, columns);
        const auto cron = CronExpression::parse(sample.text);
        INFO(sample.text);
        REQUIRE(cron);

        const Instant now = random_instant(random);
        const Instant second = now.floor_second();
        const Duration step = columns == 5 ? Duration::minutes(1) : Duration::seconds(1);
        const Instant unit{columns == 5 ? now.us - now.us % 60'000'000 : second.us};
        constexpr int kMost = 50'000;  // 35 days of minutes, 14 hours of seconds
        const auto next = cron->next(now);
        const auto previous = cron->previous(now);
        const auto scanned_next = scan(sample, unit + step, step, kMost);
        const auto scanned_previous = scan(sample, unit == now ? unit - step : unit, -step, kMost);
        if (scanned_next) {
            ++found;
            REQUIRE(next);
            CHECK(*next == *scanned_next);
        } else if (next) {
            CHECK(*next >= unit + step * kMost);
        }
        if (scanned_previous) {
            REQUIRE(previous);
            CHECK(*previous == *scanned_previous);
        } else if (previous) {
            CHECK(*previous <= unit - step * (kMost - 1));
        }
    }
    CHECK(found > 100);
}

TEST_CASE("previous and next undo each other on matches") {
    Prng random(11);
    int checked = 0;
    for (int round = 0; round < 3000; ++round) {
        const Sample sample = random_sample(random, round % 2 == 0 ? 5 : 6);
        const auto cron = CronExpression::parse(sample.text);
        INFO(sample.text);
        REQUIRE(cron);
        const auto match = cron->next(random_instant(random));
        if (!match) continue;
        CHECK(sample.matches(*match));
        const auto before = cron->previous(*match);
        const auto after = cron->next(*match);
        if (!before || !after) continue;
        CHECK(cron->next(*before).value() == *match);
        CHECK(cron->previous(*after).value() == *match);
        ++checked;
    }
    CHECK(checked > 2000);
}
