#pragma once

#include "sim/documents/scenario.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `faults` of runsim.json: fills scenario.options.faults. Start and begin of the scenario are known already.
void read_faults(const Fields& faults, Scenario& scenario);

}  // namespace runsim
