#pragma once

#include <optional>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// How a worker retries a block by itself, lifecycle.md 2.9 (a user's retry: runs/retry_by_user.hpp): how long to sleep
// after failing attempt k (from 1) when the sleeps so far sum up to `slept`; none: it was the last.
std::optional<Duration> retry_delay(const RetryConfig& config, std::uint32_t attempt, Duration slept);

}  // namespace runsim
