#pragma once

#include "json/value.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the code of a run's blocks gets (lifecycle.md 5), as it stands now: global variables, the schedule's, the run's,
// the event's, and what Mage adds. Dates are texts, as str() of the real server's datetimes shows them.
json::Object get_variables(const Instance& instance, const Run& run);

}  // namespace runsim
