#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "lifecycle/instance/fault_plan.hpp"
#include "model/enums.hpp"

namespace runsim {

// The settings that a world starts with and keeps.
struct Options {
    Dialect dialect = Dialect::postgres;
    std::uint64_t seed = 1;
    Instant start;                                             // the clock after the world was created
    Duration scheduler_interval = Duration::seconds(10);       // between ticks; one tick is at `start`
    Duration block_start_delay = Duration::milliseconds(300);  // from `queued` to `running` while a worker is free
    Faults faults;
};

template <class A>
void archive(A& a, Options& o) {
    a(o.dialect, o.seed, o.start, o.scheduler_interval, o.block_start_delay, o.faults);
}

}  // namespace runsim
