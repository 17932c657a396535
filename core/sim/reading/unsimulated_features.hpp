#pragma once

#include <string>
#include <vector>

#include "model/project.hpp"

namespace runsim {

// Adds a note for every feature that the project uses and the lifecycle does not simulate. The block then simply
// succeeds, and the setting has no effect.
void note_unsimulated(const Project& project, std::vector<std::string>& notes);

}  // namespace runsim
