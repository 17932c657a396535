#pragma once

#include "sim/documents/scenario.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `history` of runsim.json: fills scenario.begin and scenario.calls. scenario.options.start is already set.
void read_history(const Fields& history, Scenario& scenario);

}  // namespace runsim
