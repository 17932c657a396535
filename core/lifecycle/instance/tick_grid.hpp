#pragma once

#include <algorithm>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The grid of ticks: options.start + k * interval.
inline std::int64_t tick_number(const Options& options, Instant instant) {
    const std::int64_t interval = options.scheduler_interval.us;
    const std::int64_t since = instant.us - options.start.us;
    return since >= 0 ? since / interval : -((-since + interval - 1) / interval);
}
inline Instant tick_at(const Options& options, std::int64_t number) {
    return options.start + options.scheduler_interval * number;
}

}  // namespace runsim
