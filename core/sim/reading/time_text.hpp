#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "json/value.hpp"

namespace runsim {

// Durations and moments as people write them in runsim.json.

// The range of starts of a simulation, and the end of its clock. Microseconds up to here are exact in a JavaScript
// number.
inline constexpr Instant kEarliestStart{0};                    // 1970-01-01
inline constexpr Instant kLatestStart{7'258'118'400'000'000};  // 2200-01-01
inline constexpr Instant kEndOfTime{8'835'955'200'000'000};    // 2250-01-01

// The expected form, for a text that is not a duration.
inline constexpr std::string_view kDurationExpected = "a duration (such as \"10m\", \"1h30m\", \"0.5s\")";
// "0.5s", "10m", "1h30m", "2d", "500ms": numbers with the units d, h, m, s, ms, larger ones first. Returns nullopt for
// any other text, and for durations longer than kLongestDuration.
std::optional<Duration> parse_duration(std::string_view text);
// Accepts such a text, or a number of seconds.
std::optional<Duration> duration_of(const json::Value& value);

// An ISO date ("2026-01-01 00:00:00", UTC if it names no zone) or a whole number of microseconds since 1970.
std::optional<Instant> instant_of(const json::Value& value);
// Like instant_of, but also accepts a duration before `start`: "-22h".
std::optional<Instant> instant_before(const json::Value& value, Instant start);

}  // namespace runsim
