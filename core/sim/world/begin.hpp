#pragma once

#include <vector>

#include "base/result.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/world/world.hpp"

namespace runsim {

// Lays down the rows that a world begins with, as they are: nobody makes them, and the clock does not move. The ids of
// later rows follow behind the highest of each table.
void lay_rows(Instance& instance, const Rows& rows);

// Makes the schedules that a world begins with. They are all born at this instant: the clock does not move. Those with
// an id keep it, the others follow behind the highest, and later ones behind those.
void make_schedules(Instance& instance, const std::vector<Schedule>& rows);

// Performs the calls of the history at their instants, and lets the clock run to options.start. The tick of that
// instant is still to come. An answer that is an error is an error that names the call.
Outcome run_history(World& world, const std::vector<HistoryCall>& calls);

}  // namespace runsim
