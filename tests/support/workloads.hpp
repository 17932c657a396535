#pragma once

#include <cstdint>

#include "store/store.hpp"

namespace runsim::support {

// How a store of a server that has run for a while looks like.
struct Workload {
    std::uint32_t runs = 1'000;    // all finished
    std::uint32_t schedules = 10;  // that they are spread over, at random
    std::uint32_t block_runs = 4;  // of each run
    Dialect dialect = Dialect::postgres;
    std::uint64_t seed = 1;
    Instant start{1'767'225'600'000'000};  // 2026-01-01 00:00:00, the date of the first run; one follows a minute later
};

// Schedules and their finished runs, with the texts that the API trigger leaves: half of the schedules are of type api.
// Equal workloads give equal stores.
Store finished_runs(const Workload& workload);

// Adds a run of `schedule` with block runs, all `initial`, born at `at` as the trigger makes it, one row a microsecond.
RunId add_initial_run(Store& store, ScheduleId schedule, Instant at, std::uint32_t block_runs);

}  // namespace runsim::support
