#pragma once

#include <vector>

#include "base/result.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/world/world.hpp"

namespace runsim {

// Inserts the rows that a world begins with, unchanged: nothing creates them, and the clock does not move. Ids of later
// rows follow the highest of each table.
void lay_rows(Instance& instance, const Rows& rows);

// Creates the schedules that a world begins with. They are all created at this instant: the clock does not move. Those
// with an id keep it. The others get ids above the highest, and later rows ids above those.
void make_schedules(Instance& instance, const std::vector<Schedule>& rows);

// Performs the calls of the history at their instants, and advances the clock to options.start. The tick of that
// instant is still pending. If a call is answered with an error, fails with an error that names the call.
Outcome run_history(World& world, const std::vector<HistoryCall>& calls);

}  // namespace runsim
