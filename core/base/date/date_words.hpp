#pragma once

#include <optional>
#include <string_view>

namespace runsim {

// The words of dates. Case does not matter.
std::optional<int> weekday_word(std::string_view word);  // Mon, Monday: 0 .. 6
std::optional<int> month_word(std::string_view word);    // Jan, January, Sept: 1 .. 12

enum class ClockUnit { hour, minute, second };
std::optional<ClockUnit> clock_unit_word(std::string_view word);  // h, hour, hours, m, ..

enum class HalfDay { am, pm };
std::optional<HalfDay> half_day_word(std::string_view word);  // am, a, pm, p

bool is_utc_word(std::string_view word);     // UTC, GMT, Z
bool is_filler_word(std::string_view word);  // means nothing by itself: "at", "th", "-"
bool is_of_word(std::string_view word);

}  // namespace runsim
