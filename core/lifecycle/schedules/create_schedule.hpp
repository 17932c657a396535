#pragma once

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

// Inserts a schedule at the next moment (created_at, updated_at set here) and returns its id. A row without a token
// gets one.
ScheduleId create_schedule(Instance& instance, Schedule row, Why why = {});

// The id of a tag, which gets one when it is first asked for.
std::uint32_t tag_id(Instance& instance, const std::string& name);

}  // namespace runsim
