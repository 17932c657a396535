#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 6: sets passed_sla on initial and running runs of active schedules that are over their SLA.
void check_sla(Instance& instance);

}  // namespace runsim
