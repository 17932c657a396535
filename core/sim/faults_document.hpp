#pragma once

#include "sim/fields.hpp"
#include "sim/scenario.hpp"

namespace runsim {

// `faults` of runsim.json: fills scenario.options.faults. Start and begin of the scenario are known already.
void read_faults(const Fields& faults, Scenario& scenario);

}  // namespace runsim
