#pragma once

#include <string>
#include <vector>

#include "model/project.hpp"

namespace runsim {

// Adds a note for everything that the project asks for and the lifecycle does not simulate. It does no harm: the block
// simply succeeds, the setting says nothing.
void note_unsimulated(const Project& project, std::vector<std::string>& notes);

}  // namespace runsim
