#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// lifecycle.md 6: sets passed_sla on initial and running runs of active schedules that have exceeded their SLA.
void check_sla(Instance& instance);
// The last instant at which a run is within an SLA of `sla` seconds. Returns none if the SLA never passes.
MaybeInstant sla_instant(const Run& run, std::int64_t sla);

}  // namespace runsim
