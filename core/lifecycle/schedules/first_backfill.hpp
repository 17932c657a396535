#pragma once

#include "store/store.hpp"

namespace runsim {

// The first backfill of a schedule, the only one that the scheduler looks at; nullptr: none.
const Backfill* first_backfill(const Store& store, ScheduleId schedule);

}  // namespace runsim
