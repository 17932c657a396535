#pragma once

#include <string>
#include <vector>

#include "sim/scenario.hpp"

namespace runsim {

// Adds a note for everything that the project asks for and the lifecycle does not simulate yet. What is asked for and
// not simulated does no harm: the block simply succeeds, the setting says nothing.
void note_unsimulated(const Project& project, const Scenario& scenario, std::vector<std::string>& notes);

}  // namespace runsim
