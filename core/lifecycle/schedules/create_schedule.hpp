#pragma once

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/rows/write_row.hpp"

namespace runsim {

// Inserts a schedule at the next moment (sets created_at and updated_at) and returns its id. A row without a token gets
// one.
ScheduleId create_schedule(Instance& instance, Schedule row, Why why = {});

// Returns the id of a tag, creating one on first use.
std::uint32_t tag_id(Instance& instance, const std::string& name);

}  // namespace runsim
