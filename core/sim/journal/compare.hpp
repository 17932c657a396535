#pragma once

#include <string>

#include "sim/world/world.hpp"

namespace runsim {

// Returns where two worlds part, as JSON text (docs/journal.md, Comparison): the first transition that differs, the
// runs that only one of them has, and the runs and block runs that started, ended or stand otherwise. Two runs are the
// same run if pipeline, schedule and execution date are equal, or, where no other run fits, pipeline, schedule and id.
// Takes time in proportion to the rows.
std::string compare(const World& a, const World& b);

}  // namespace runsim
