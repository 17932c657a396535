#pragma once

#include "sim/documents/scenario.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `faults` of runsim.json: fills scenario.options.faults. The scenario's start and begin are already set.
void read_faults(const Fields& faults, Scenario& scenario);

}  // namespace runsim
