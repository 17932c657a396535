#pragma once

#include <vector>

#include "base/result.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/world/world.hpp"

namespace runsim {

// Performs the calls of the history at their instants, and advances the clock to options.start. The tick of that
// instant is still pending. If a call is answered with an error, fails with an error that names the call.
Outcome run_history(World& world, const std::vector<HistoryCall>& calls);

}  // namespace runsim
