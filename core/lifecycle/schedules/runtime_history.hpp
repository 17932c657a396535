#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 4.4 (end): how long completed runs took, in microseconds, newest first, at most `sample_size` (1 or
// more).
inline constexpr std::size_t kRuntimeSample = 7;
std::vector<std::int64_t> runtime_history(const Instance& instance, ScheduleId schedule,
                                          std::size_t sample_size = kRuntimeSample);
// Their mean in seconds with two decimals; none without any.
std::optional<double> runtime_average(const Instance& instance, ScheduleId schedule,
                                      std::size_t sample_size = kRuntimeSample);

}  // namespace runsim
