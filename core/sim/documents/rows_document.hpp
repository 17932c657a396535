#pragma once

#include "model/project.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `rows` of runsim.json: fills scenario.rows. scenario.schedules are already set. Adds a note for pipelines that the
// project does not have.
void read_rows(const Fields& rows, Project& project, Scenario& scenario, Notes& notes);

// Returns the latest moment at which one of the rows was written or changed, or none if there are no rows.
MaybeInstant newest_date(const Rows& rows);

}  // namespace runsim
