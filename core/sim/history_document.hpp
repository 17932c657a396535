#pragma once

#include "sim/fields.hpp"
#include "sim/scenario.hpp"

namespace runsim {

// `history` of runsim.json: fills scenario.begin and scenario.calls. scenario.options.start is known already.
void read_history(const Fields& history, Scenario& scenario);

}  // namespace runsim
