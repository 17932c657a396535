#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/date/date_text.hpp"
#include "base/prng.hpp"
#include "lifecycle/schedules/execution_date.hpp"
#include "lifecycle/schedules/runtime_history.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

constexpr std::int64_t kHour = 3'600'000'000;
constexpr ScheduleId kSchedule{1};

struct World {
    Instance instance = make_instance(std::make_shared<const Project>(), Options());

    RunId run(int day, std::int64_t runtime_us, const char* metrics = nullptr,
              RunStatus status = RunStatus::completed) {
        Run made;
        made.pipeline_schedule_id = kSchedule;
        made.status = status;
        made.execution_date = Instant{day * 24 * kHour};
        made.completed_at = made.created_at + Duration::microseconds(runtime_us);
        if (metrics != nullptr) made.metrics = json::Text(metrics);
        return instance.store.insert(made);
    }

    std::vector<std::int64_t> hours(std::size_t sample_size = kRuntimeSample) const {
        auto history = runtime_history(instance, kSchedule, sample_size);
        for (auto& runtime : history) runtime /= kHour;
        return history;
    }
};

using Hours = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("the runtime history holds the completed runs with the latest dates, latest first", "[row 47]") {
    World world;
    CHECK(world.hours().empty());
    const int runtimes[] = {2, 6, 7, 1, 1, 3, 4, 5};
    for (int day = 0; day < 8; ++day) world.run(day, runtimes[day] * kHour);
    world.run(9, 50 * kHour, nullptr, RunStatus::failed);
    world.run(10, 50 * kHour, nullptr, RunStatus::running);
    CHECK(world.hours() == Hours{5, 4, 3, 1, 1, 7, 6});
    CHECK(world.hours(5) == Hours{5, 4, 3, 1, 1});
    CHECK(world.hours(1) == Hours{5});
    CHECK(runtime_history(world.instance, ScheduleId{2}).empty());
}

TEST_CASE("what the last run stored of earlier runtimes comes before what other runs show", "[row 47]") {
    World world;
    for (int day = 0; day < 8; ++day) world.run(day, (10 + day) * kHour);
    SECTION("enough of them") {
        world.run(9, 22 * kHour, R"({"previous_runtimes": [3600, 7200.0, 10800, 14400, 18000, 21600, 25200, 28800]})");
        CHECK(world.hours() == Hours{22, 1, 2, 3, 4, 5, 6});
        CHECK(world.hours(3) == Hours{22, 1, 2});
    }
    SECTION("a few, which other runs follow") {
        world.run(9, 22 * kHour, R"({"previous_runtimes": [3600, 7200.5]})");
        CHECK(world.hours() == Hours{22, 1, 2, 17, 16, 15, 14});
        CHECK(runtime_history(world.instance, kSchedule)[2] == 7'200'500'000);
    }
    SECTION("none that are numbers") {
        world.run(9, 22 * kHour, R"({"previous_runtimes": ["x", null, {}]})");
        CHECK(world.hours() == Hours{22, 17, 16, 15, 14, 13, 12});
    }
    SECTION("no list") {
        world.run(9, 22 * kHour, R"({"previous_runtimes": 5})");
        CHECK(world.hours() == Hours{22, 17, 16, 15, 14, 13, 12});
    }
}

TEST_CASE("the runtime average is the mean of the history in seconds, to two decimals", "[row 48]") {
    World world;
    CHECK_FALSE(runtime_average(world.instance, kSchedule).has_value());
    world.run(1, 9 * kHour, R"({"previous_runtimes": [3600, 7200, 10800, 14400, 18000, 21600, 25200, 28800]})");
    CHECK(runtime_average(world.instance, kSchedule) == 15428.57);
    CHECK(runtime_average(world.instance, kSchedule, 5) == 13680.0);

    struct Case {
        std::vector<std::int64_t> runtimes_us;
        double average;
    };
    const Case cases[] = {{{10'000'000}, 10.0}, {{31'170'001}, 31.17},
                          {{125'000}, 0.12},                          // a tie in binary goes to the even digit
                          {{375'000}, 0.38},    {{2'675'000}, 2.67},  // no tie: the double is less than 2.675
                          {{-1'500'000}, -1.5}, {{1'000'000, 2'000'000, 2'000'000}, 1.67}};
    for (const Case& c : cases) {
        World other;
        for (std::size_t i = 0; i < c.runtimes_us.size(); ++i) other.run(static_cast<int>(i), c.runtimes_us[i]);
        CHECK(runtime_average(other.instance, kSchedule) == c.average);
    }
}

// printf rounds as Python does.
TEST_CASE("a double is rounded to hundredths by its exact value") {
    Prng prng(30);
    for (int i = 0; i < 20'000; ++i) {
        const auto number = static_cast<double>(prng.below(100'000'000));
        // Means of microseconds, ties and near ties, and numbers of every size.
        for (const double value :
             {number / (7 * 1e6), number / 8, std::ldexp(number, -static_cast<int>(prng.below(80)))}) {
            char text[64];
            std::snprintf(text, sizeof text, "%.2f", value);
            INFO(value);
            CHECK(to_hundredths(value) == std::strtod(text, nullptr));
            CHECK(to_hundredths(-value) == -to_hundredths(value));
        }
    }
}
