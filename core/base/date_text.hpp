#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace runsim {

// How a date stands in an answer (http-api.md 5.1). Microseconds are written only when there are any.
enum class DateStyle {
    space,         // 2026-11-23 14:25:01.370957         str(datetime) of a naive value: sqlite
    space_offset,  // 2026-11-23 14:25:01.370957+00:00   str(datetime) of an aware value: postgres
    iso,           // 2026-11-23T14:25:01.370957         isoformat() of a naive value
    iso_offset,    // 2026-11-23T14:25:01.370957+00:00
};
void append_date(std::string& out, Instant instant, DateStyle style);
std::string date_text(Instant instant, DateStyle style);

// The date part of an execution partition: 20261123T142501, or 20261123T142501_370957 with microseconds (always six digits).
std::string partition_text(Instant instant, bool microseconds);

// A date that somebody wrote: its own clock time, and its zone where it names one.
struct WrittenDate {
    Instant clock;                   // the digits, read as if they were UTC
    std::optional<Duration> offset;  // +02:00 is two hours; none where the text names no zone

    // The moment in UTC; a date without a zone counts as UTC.
    Instant utc() const { return offset ? clock - *offset : clock; }
};

// Python 3.11's datetime.fromisoformat. The error is its own text: "Invalid isoformat string: 'x'".
Result<WrittenDate> parse_iso_date(std::string_view text);

// python-dateutil's lenient parser, for the forms that clients write: ISO dates with any separator, compact dates, names of
// months and weekdays, AM/PM, zones. Parts that the text lacks come from `today` (date) or are zero (time).
// Errors are dateutil's: "Unknown string format: x", "String does not contain a date: x".
Result<WrittenDate> parse_lenient_date(std::string_view text, Instant today);

}  // namespace runsim
