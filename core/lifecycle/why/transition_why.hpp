#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Why a recorded transition happened, in a short sentence from its cause and detail. It names rows by what they are
// called now; one that was deleted since by its id.
std::string transition_why(const Instance& instance, const Transition& transition);

}  // namespace runsim
