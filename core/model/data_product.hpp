#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// A part of a date that `outdated_starting_at` names, in the order in which Mage looks at them.
enum class DatePart : std::uint8_t {
    day_of_month,
    day_of_week,  // 0 is Sunday
    day_of_year,
    hour_of_day,
    minute_of_hour,
    month_of_year,
    second_of_minute,
    week_of_month,  // weeks begin on Sunday
    week_of_year,   // as ISO counts them
};
inline constexpr std::array<std::string_view, 9> kDateParts = {"day_of_month",     "day_of_week",    "day_of_year",
                                                               "hour_of_day",      "minute_of_hour", "month_of_year",
                                                               "second_of_minute", "week_of_month",  "week_of_year"};

// `outdated_after`: how old the newest completed run may be.
struct Age {
    std::int64_t years = 0;
    std::int64_t months = 0;
    std::int64_t weeks = 0;
    std::int64_t seconds = 0;

    bool is_zero() const { return years == 0 && months == 0 && weeks == 0 && seconds == 0; }
};

// From what a date must have, part by part, for a run to count as outdated.
struct DateMinimum {
    DatePart part;
    std::int64_t least;
};

// An entry of global_data_products.yaml (lifecycle.md 2.15).
struct DataProduct {
    std::string uuid;  // as Mage cleans it
    std::string object_type;
    std::string object_uuid;  // the pipeline that makes it
    Age outdated_after;       // zero: it is never outdated
    std::vector<DateMinimum> outdated_starting_at;
};

// What a block of the type global_data_product says in its configuration.
struct DataProductUse {
    std::string uuid;
    std::optional<Age> outdated_after;  // none: as the product says
    std::optional<std::vector<DateMinimum>> outdated_starting_at;
};

}  // namespace runsim
