#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace runsim {

// How an answer writes a date (http-api.md 5.1). Microseconds are written only if they are not zero.
enum class DateStyle {
    space,         // 2026-11-23 14:25:01.370957         str(datetime) of a naive value: sqlite
    space_offset,  // 2026-11-23 14:25:01.370957+00:00   str(datetime) of an aware value: postgres
    iso,           // 2026-11-23T14:25:01.370957         isoformat() of a naive value
    iso_offset,    // 2026-11-23T14:25:01.370957+00:00
};
inline constexpr std::size_t kLongestDate = 32;
// Writes at most kLongestDate bytes, and returns where they end.
char* write_date(char* at, Instant instant, DateStyle style);
void append_date(std::string& out, Instant instant, DateStyle style);
std::string date_text(Instant instant, DateStyle style);

// The date part of an execution partition: 20261123T142501, or 20261123T142501_370957 with microseconds (always six
// digits).
std::string partition_text(Instant instant, bool microseconds);

// A date as somebody wrote it: its local clock time, and its zone if it names one.
struct WrittenDate {
    Instant clock;                   // the digits, read as if they were UTC
    std::optional<Duration> offset;  // +02:00 is two hours; nullopt if the text names no zone

    // The moment in UTC; a date without a zone counts as UTC.
    Instant utc() const { return offset ? clock - *offset : clock; }
};

// Python 3.11's datetime.fromisoformat. Errors are Python's too: "Invalid isoformat string: 'x'", "month must be
// in 1..12", "offset must be a timedelta strictly between ...". The zone is less than a day from UTC, so utc() of a
// date at either end of the calendar may not be is_representable.
Result<WrittenDate> parse_iso_date(std::string_view text);

// python-dateutil's parser with its defaults (no dayfirst, no yearfirst, no fuzzy), on a machine whose clock is UTC.
// Missing parts come from `today` (date) or are zero (time). Two-digit years are taken within fifty years of `today`.
//
// Accepts dates of numbers (2024-05-06, 5/6/2024, 13.5.24, 20240506, 240506, 202405060708[09]) and with names of months
// (6 May 2024, May-6-2024, May of 2024, 6th of May); weekdays, alone (the next such day) or with a date (ignored);
// times (7:08, 7:08:09.5, 0708 after a date, 7h8m9s, 7 hours, 7pm, 7:08 a); zones (Z, UTC, GMT, +02:00, +0200, +2,
// GMT+3, +02:00 (CEST)); and the words and signs that join them (T, at, on, of, and, th, commas, slashes). Ignores
// other names of zones of up to five capitals.
//
// Errors are dateutil's: "Unknown string format: x", "String does not contain a date: x", "month must be in 1..12: x".
// Unlike dateutil, this rejects fractions of more than 26 digits and letters outside ASCII as unknown formats.
Result<WrittenDate> parse_lenient_date(std::string_view text, Instant today);

}  // namespace runsim
