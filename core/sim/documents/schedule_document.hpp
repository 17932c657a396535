#pragma once

#include <vector>

#include "model/project.hpp"
#include "model/rows.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// lifecycle.md 0.4: Mage raises a TypeError for any other key, wherever it reads the settings of a trigger.
const Fields::Names& schedule_setting_keys();

// `schedules` of runsim.json. Ids and tokens that they bring are theirs; dates are set when the world begins.
std::vector<Schedule> read_schedules(const json::Array& list, const Place& place, const Project& project,
                                     Problems& problems);

// The columns that a row of a schedule has in common with these. The pipeline, the id, and most dates are not read.
Schedule read_schedule_columns(const Fields& fields);

}  // namespace runsim
