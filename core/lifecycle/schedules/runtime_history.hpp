#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 4.4 (end): the runtimes of completed runs in microseconds, newest first, at most `sample_size` (1 or
// more).
inline constexpr std::size_t kRuntimeSample = 7;
std::vector<std::int64_t> runtime_history(const Instance& instance, ScheduleId schedule,
                                          std::size_t sample_size = kRuntimeSample);
// Returns their mean in seconds with two decimals, or nullopt if there are none.
std::optional<double> runtime_average(const Instance& instance, ScheduleId schedule,
                                      std::size_t sample_size = kRuntimeSample);

// Python's round(value, 2): the exact value of the double decides, and of two that are equally near, the even one.
double to_hundredths(double value);

}  // namespace runsim
