#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Explains a recorded transition in a short sentence from its cause and detail. Rows have their current names; deleted
// ones are shown by id.
std::string transition_why(const Instance& instance, const Transition& transition);

}  // namespace runsim
