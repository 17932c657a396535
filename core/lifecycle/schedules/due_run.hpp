#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 4.4, all rules: whether the tick at instance.now must create a run, and for which execution date. An
// interval that the engine cannot evaluate is never due.
struct DueRun {
    Instant execution_date;
    std::vector<std::int64_t> previous_runtimes;  // microseconds; landing time only
};
std::optional<DueRun> due_run(const Instance& instance, const Schedule& schedule, CronPeriods* cron = nullptr);

}  // namespace runsim
