#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace runsim {

// Enumerators are spelled as in JSON, in PostgreSQL's sort order (http-api.md 14.2).
enum class RunStatus : std::uint8_t { initial, running, completed, failed, cancelled };
enum class BlockRunStatus : std::uint8_t {
    initial,
    queued,
    running,
    completed,
    failed,
    cancelled,
    upstream_failed,
    condition_failed
};
enum class ScheduleStatus : std::uint8_t { active, inactive };
enum class ScheduleType : std::uint8_t { time, api, event };
enum class BackfillStatus : std::uint8_t { initial, running, completed, failed, cancelled };
enum class IntervalType : std::uint8_t { second, minute, hour, day, week, month, year, custom };
// The database behind the simulated server.
enum class Dialect : std::uint8_t { postgres, sqlite };

template <class E>
struct EnumSpelling;

// clang-format off
template <> struct EnumSpelling<RunStatus> {
    static constexpr std::string_view type = "pipelinerunstatus";
    static constexpr std::array<std::string_view, 5> names = {"initial", "running", "completed", "failed", "cancelled"};
};
template <> struct EnumSpelling<BlockRunStatus> {
    static constexpr std::string_view type = "blockrunstatus";
    static constexpr std::array<std::string_view, 8> names = {"initial", "queued", "running", "completed", "failed",
                                                              "cancelled", "upstream_failed", "condition_failed"};
};
template <> struct EnumSpelling<ScheduleStatus> {
    static constexpr std::string_view type = "schedulestatus";
    static constexpr std::array<std::string_view, 2> names = {"active", "inactive"};
};
template <> struct EnumSpelling<ScheduleType> {
    static constexpr std::string_view type = "scheduletype";
    static constexpr std::array<std::string_view, 3> names = {"time", "api", "event"};
};
template <> struct EnumSpelling<BackfillStatus> {
    static constexpr std::string_view type = "backfillstatus";
    static constexpr std::array<std::string_view, 5> names = {"initial", "running", "completed", "failed", "cancelled"};
};
template <> struct EnumSpelling<IntervalType> {
    static constexpr std::string_view type = "intervaltype";
    static constexpr std::array<std::string_view, 8> names = {"second", "minute", "hour", "day", "week", "month", "year", "custom"};
};
template <> struct EnumSpelling<Dialect> {
    static constexpr std::string_view type = "dialect";
    static constexpr std::array<std::string_view, 2> names = {"postgres", "sqlite"};
};
// clang-format on

// The JSON spelling.
template <class E>
constexpr std::string_view name_of(E value) {
    return EnumSpelling<E>::names[static_cast<std::size_t>(value)];
}

// The enumerator of a JSON spelling, which must match exactly.
template <class E>
constexpr std::optional<E> enum_of(std::string_view text) {
    const auto& names = EnumSpelling<E>::names;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text) return static_cast<E>(i);
    return std::nullopt;
}

// As enum_of, but also accepts the name in the database (COMPLETED). Filters and writes accept both (Q2).
template <class E>
constexpr std::optional<E> enum_of_stored(std::string_view text) {
    const auto& names = EnumSpelling<E>::names;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == text) return static_cast<E>(i);
        if (names[i].size() != text.size()) continue;
        bool same = true;
        for (std::size_t k = 0; k < text.size(); ++k) {
            const char c = names[i][k];
            same = same && text[k] == (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
        if (same) return static_cast<E>(i);
    }
    return std::nullopt;
}

constexpr bool is_finished(RunStatus status) { return status > RunStatus::running; }

}  // namespace runsim
