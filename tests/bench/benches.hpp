#pragma once

#include <string>

#include "report.hpp"

namespace runsim::bench {

// Each measures one layer and adds its rows.
void bench_store(Report& report);
void bench_world(Report& report, const std::string& project);  // of the project document in project.json

}  // namespace runsim::bench
