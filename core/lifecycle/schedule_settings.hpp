#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "json/text.hpp"

namespace runsim {

// The keys of a schedule's `settings` that mean something (lifecycle.md 0.4). Values of a wrong type count as absent.
struct ScheduleSettings {
    bool skip_if_previous_running = false;
    bool allow_blocks_to_fail = false;
    bool create_initial_pipeline_run = false;
    bool landing_time_enabled = false;
    std::optional<std::int64_t> pipeline_run_limit;
    std::optional<std::int64_t> timeout;  // seconds; the UI sends it as text
    std::optional<std::string> timeout_status;
};
ScheduleSettings parse_settings(const json::Text& settings);

}  // namespace runsim
