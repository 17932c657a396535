#pragma once

#include <vector>

#include "model/project.hpp"
#include "model/project_files.hpp"
#include "model/rows.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `schedules` of runsim.json. Ids and tokens that they bring are theirs; dates are set when the world begins.
std::vector<Schedule> read_schedules(const json::Array& list, const Place& place, const Project& project,
                                     Problems& problems);

// The columns that a row of a schedule has in common with these. The pipeline, the id, and most dates are not read.
Schedule read_schedule_columns(const Fields& fields);

// pipelines/<uuid>/triggers.yaml, as Mage reads it (lifecycle.md 11.3): an entry that it drops is noted, what breaks
// its sync, or the server, is a problem.
std::vector<TriggerFile> read_triggers(const Fields& file, const Pipeline& pipeline, Notes& notes);

// Mage's sync (lifecycle.md 11.4): a trigger overwrites the schedule of its pipeline and name, or is new. One that is
// among `synced`, the rows of a database, has had its sync.
void lay_triggers_over(std::vector<Schedule>& schedules, std::vector<Schedule> triggers,
                       const std::vector<Schedule>& synced);

}  // namespace runsim
