#pragma once

#include "lifecycle/instance.hpp"
#include "lifecycle/write.hpp"

namespace runsim {

// Inserts a schedule at the next moment (created_at, updated_at set here) and returns its id. A row without a token
// gets one.
ScheduleId create_schedule(Instance& instance, Schedule row, Why why = {});

}  // namespace runsim
