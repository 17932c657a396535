#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim::why_detail {

// "12:03:10", or "2026-01-01 12:03:10" on a day other than the current one.
std::string time_text(const Instance& instance, Instant at);
// "`load`": the block of a block run.
std::string block_name(const Instance& instance, const BlockRun& row);
// "next tick 12:03:20".
std::string next_tick(const Instance& instance);
// Returns the last recorded change to a row's current status, or nullopt if the record has dropped it.
std::optional<Transition> last_change(const Instance& instance, Subject subject, std::uint32_t id, std::uint8_t status);

}  // namespace runsim::why_detail
