#pragma once

#include <optional>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// A worker's own retries (lifecycle.md 2.9; a user's retry: runs/retry_by_user.hpp). Returns how long to sleep after
// failed attempt k (from 1) if the sleeps so far add up to `slept`, or nullopt if it was the last attempt.
std::optional<Duration> retry_delay(const RetryConfig& config, std::uint32_t attempt, Duration slept);

}  // namespace runsim
