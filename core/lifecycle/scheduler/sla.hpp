#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 6: sets passed_sla on initial and running runs of active schedules that are over their SLA.
void check_sla(Instance& instance);
// The last instant at which a run is not over an SLA of so many seconds. Returns no instant if the SLA never passes.
MaybeInstant sla_instant(const Run& run, std::int64_t sla);

}  // namespace runsim
