#pragma once

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Returns the variables for the code of a run's blocks at this moment (lifecycle.md 5): global variables, the
// schedule's, the run's, the event's, and those that Mage adds. Dates are texts, as str() of the real server's
// datetimes.
json::Object get_variables(const Instance& instance, const Run& run);

}  // namespace runsim
