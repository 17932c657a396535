#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace runsim {

// A span of virtual time, in microseconds. May be negative.
struct Duration {
    std::int64_t us = 0;

    static constexpr Duration microseconds(std::int64_t n) { return {n}; }
    static constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000}; }
    static constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
    static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
    static constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
    static constexpr Duration days(std::int64_t n) { return hours(n * 24); }

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration a, Duration b) { return {a.us + b.us}; }
    friend constexpr Duration operator-(Duration a, Duration b) { return {a.us - b.us}; }
    friend constexpr Duration operator-(Duration a) { return {-a.us}; }
    friend constexpr Duration operator*(Duration a, std::int64_t n) { return {a.us * n}; }
};
// The longest that anything lasts.
inline constexpr Duration kLongestDuration = Duration::days(3650);

// A moment of virtual time: microseconds since 1970-01-01 00:00:00 UTC.
struct Instant {
    std::int64_t us = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant a, Duration b) { return {a.us + b.us}; }
    friend constexpr Instant operator-(Instant a, Duration b) { return {a.us - b.us}; }
    friend constexpr Duration operator-(Instant a, Instant b) { return {a.us - b.us}; }

    // The start of this instant's second.
    constexpr Instant floor_second() const {
        const std::int64_t rest = us % 1'000'000;
        return {us - (rest < 0 ? rest + 1'000'000 : rest)};
    }
};

// The range of Python's datetime, and so of every date in the API.
inline constexpr Instant kFirstInstant{-62'135'596'800'000'000};  // 0001-01-01 00:00:00
inline constexpr Instant kLastInstant{253'402'300'799'999'999};   // 9999-12-31 23:59:59.999999

constexpr bool is_representable(Instant instant) { return kFirstInstant <= instant && instant <= kLastInstant; }

// An Instant or none (SQL NULL), in the eight bytes of an Instant. None sorts before every instant.
class MaybeInstant {
public:
    constexpr MaybeInstant() = default;
    constexpr MaybeInstant(Instant instant) : us_(instant.us) {}  // NOLINT: implicit on purpose

    constexpr bool has_value() const { return us_ != kNone; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr Instant operator*() const { return {us_}; }
    constexpr Instant value_or(Instant other) const { return has_value() ? Instant{us_} : other; }
    friend constexpr auto operator<=>(MaybeInstant, MaybeInstant) = default;

    constexpr std::int64_t raw() const { return us_; }  // for saving and hashing
    static constexpr MaybeInstant from_raw(std::int64_t us) { return MaybeInstant(Instant{us}); }

private:
    static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();
    std::int64_t us_ = kNone;
};

// An instant as calendar and clock in UTC (proleptic Gregorian).
struct CivilTime {
    std::int32_t year = 1970;  // 1 .. 9999
    std::int32_t month = 1;    // 1 .. 12
    std::int32_t day = 1;      // 1 .. 31
    std::int32_t hour = 0;
    std::int32_t minute = 0;
    std::int32_t second = 0;
    std::int32_t microsecond = 0;

    friend bool operator==(const CivilTime&, const CivilTime&) = default;
};

// Every instant has a calendar date, even before year 1 and after 9999. Python's datetime holds only those for which
// is_representable is true.
CivilTime to_civil(Instant instant);
// Every field must be in its range (see is_valid).
Instant from_civil(const CivilTime& civil);
bool is_valid(const CivilTime& civil);
std::int32_t days_in_month(std::int32_t year, std::int32_t month);
// 0 = Monday .. 6 = Sunday, as Python's weekday().
std::int32_t weekday(Instant instant);
Instant floor_day(Instant instant);
Instant floor_hour(Instant instant);
// Returns the same day and time of day some calendar months later or earlier. A day that the month lacks becomes its
// last day. Returns none if the year is not 1 .. 9999. `instant` is_representable, and `months` fits 32 bits.
MaybeInstant add_months(Instant instant, std::int64_t months);

}  // namespace runsim
