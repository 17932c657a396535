#pragma once

#include "report.hpp"

namespace runsim::bench {

// Each measures one layer and adds its rows.
void bench_store(Report& report);

}  // namespace runsim::bench
