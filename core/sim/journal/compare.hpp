#pragma once

#include <string>

#include "sim/world/world.hpp"

namespace runsim {

// Returns where two worlds part, as JSON text (docs/journal.md, Comparison): the first transition that differs, the
// runs that only one of them has, and the runs and block runs that started, ended or stand otherwise. Nothing else is
// compared: not names, variables, users, schedules. See run_pairs.hpp for which runs are the same.
std::string compare(const World& a, const World& b);

}  // namespace runsim
