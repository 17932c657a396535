#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "json/text.hpp"

namespace runsim {

// The keys of a schedule's `settings` that mean something (lifecycle.md 0.4). Switches are on where Python takes the
// value for true; numbers are what Python's int() makes of it, and absent where it makes nothing.
struct ScheduleSettings {
    bool skip_if_previous_running = false;
    bool allow_blocks_to_fail = false;
    bool create_initial_pipeline_run = false;
    bool landing_time_enabled = false;
    std::optional<std::int64_t> pipeline_run_limit;
    std::optional<std::int64_t> timeout;        // seconds; the UI sends it as text. Absent for 0, but not for "0"
    std::optional<std::string> timeout_status;  // not empty
};
ScheduleSettings parse_settings(const json::Text& settings);

}  // namespace runsim
