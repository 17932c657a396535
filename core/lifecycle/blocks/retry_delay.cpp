#include "lifecycle/blocks/retry_delay.hpp"

namespace runsim {

std::optional<Duration> retry_delay(const RetryConfig& config, std::uint32_t attempt, Duration slept) {
    if (attempt > config.retries) return std::nullopt;
    Duration delay = config.delay;
    // The total is capped, so a delay beyond the cap need not be exact.
    for (std::uint32_t k = 1; config.exponential_backoff && k < attempt && delay < config.max_delay; ++k)
        delay = delay * 2;
    if (slept + delay >= config.max_delay) return std::nullopt;
    return delay;
}

}  // namespace runsim
