#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "lifecycle/instance/fault_plan.hpp"
#include "model/enums.hpp"

namespace runsim {

// What a world is started with, and keeps.
struct Options {
    Dialect dialect = Dialect::postgres;
    std::uint64_t seed = 1;
    Instant start;                                             // where the clock stands when the world is handed over
    Duration scheduler_interval = Duration::seconds(10);       // from tick to tick; a tick falls on `start`
    Duration block_start_delay = Duration::milliseconds(300);  // from `queued` to `running` while a worker is free
    Faults faults;
};

template <class A>
void archive(A& a, Options& o) {
    a(o.dialect, o.seed, o.start, o.scheduler_interval, o.block_start_delay, o.faults);
}

}  // namespace runsim
