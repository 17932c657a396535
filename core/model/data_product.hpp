#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// A part of a date in `outdated_starting_at`, in the order in which Mage checks them.
enum class DatePart : std::uint8_t {
    day_of_month,
    day_of_week,  // 0 is Sunday
    day_of_year,
    hour_of_day,
    minute_of_hour,
    month_of_year,
    second_of_minute,
    week_of_month,  // weeks begin on Sunday
    week_of_year,   // ISO weeks
};
inline constexpr std::array<std::string_view, 9> kDateParts = {"day_of_month",     "day_of_week",    "day_of_year",
                                                               "hour_of_day",      "minute_of_hour", "month_of_year",
                                                               "second_of_minute", "week_of_month",  "week_of_year"};

// `outdated_after`: the maximum age of the newest completed run.
struct Age {
    std::int64_t years = 0;
    std::int64_t months = 0;
    std::int64_t weeks = 0;
    std::int64_t seconds = 0;

    bool is_zero() const { return years == 0 && months == 0 && weeks == 0 && seconds == 0; }
};

// The parts that a date must reach for a run to count as outdated.
struct DateMinimum {
    DatePart part;
    std::int64_t least;
};

// An entry of global_data_products.yaml (lifecycle.md 2.15).
struct DataProduct {
    std::string uuid;  // as Mage cleans it
    std::string object_type;
    std::string object_uuid;  // the pipeline that produces it
    Age outdated_after;       // zero: never outdated
    std::vector<DateMinimum> outdated_starting_at;
};

// The settings in the configuration of a block of type global_data_product.
struct DataProductUse {
    std::string uuid;
    std::optional<Age> outdated_after;  // nullopt: the product's own
    std::optional<std::vector<DateMinimum>> outdated_starting_at;
};

}  // namespace runsim
