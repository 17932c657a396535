#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "json/text.hpp"

namespace runsim {

// The keys of a schedule's `settings` that have an effect (lifecycle.md 0.4). Switches are on if Python counts the
// value as true. Numbers are int() of the value, and absent if that fails.
struct ScheduleSettings {
    bool skip_if_previous_running = false;
    bool allow_blocks_to_fail = false;
    bool create_initial_pipeline_run = false;
    bool landing_time_enabled = false;
    std::optional<std::int64_t> pipeline_run_limit;
    std::optional<std::int64_t> timeout;        // seconds; the UI sends a text. Absent for 0, but not for "0"
    std::optional<std::string> timeout_status;  // not empty
};
ScheduleSettings parse_settings(const json::Text& settings);

}  // namespace runsim
