#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The log files of a run (lifecycle.md 12). They are not stored: lines are computed from the recorded transitions and
// notes, and from the grid of ticks. Lines whose record was dropped are missing.

enum class LogLevel : std::uint8_t { critical, debug, error, exception, info, warning };
template <>
struct EnumSpelling<LogLevel> {
    static constexpr std::string_view type = "loglevel";
    static constexpr std::array<std::string_view, 6> names = {"CRITICAL",  "DEBUG", "ERROR",
                                                              "EXCEPTION", "INFO",  "WARNING"};
};

struct LogLine {
    Instant at;
    RunId run;  // the line's run: runs that share a partition share their files
    LogLevel level = LogLevel::info;
    std::string message;
    json::Object tags;  // before the run's own
    std::string error;  // a traceback; empty: none
};

// Sorts lines, oldest first. Those of one instant keep their order.
void sort_lines(std::vector<LogLine>& lines);

// Returns the lines of scheduler.log that a run wrote, oldest first. Includes only the newest kMostHeartbeats
// heartbeats.
inline constexpr std::int64_t kMostHeartbeats = 2'000;
std::vector<LogLine> scheduler_log(const Instance& instance, const Run& run);

// Returns the lines that a block run wrote to its log, oldest first.
std::vector<LogLine> block_log(const Instance& instance, const BlockRun& block_run);

// All lines of those files. Runs of one schedule with the same partition, as bulk retries have it, append to the same
// files.
std::vector<LogLine> scheduler_log_file(const Instance& instance, const Run& run);
std::vector<LogLine> block_log_file(const Instance& instance, const BlockRun& block_run);

// The text of a file: one line per entry, "2024-01-01T12:00:00 {...}\n" (lifecycle.md 12.2), each exception followed by
// its traceback.
std::string log_text(const Instance& instance, const std::vector<LogLine>& lines);

// "<root>/pipelines/<pipeline>/.logs/<partition>/scheduler.log", and a block run's "<uuid>.log", with names cleaned
// (lifecycle.md 12.1).
std::string scheduler_log_path(const Instance& instance, const Run& run);
std::string block_log_path(const Instance& instance, const BlockRun& block_run);

}  // namespace runsim
