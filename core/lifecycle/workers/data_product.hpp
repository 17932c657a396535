#pragma once

#include "lifecycle/workers/block_code.hpp"

namespace runsim {

// lifecycle.md 2.15: starts the pipeline of a global data product if it is outdated, and waits for the run. Continues
// from the state in `wait`, and updates it.
CodeStep see_to_product(Instance& instance, RunWait& wait, const DataProductUse& use);

}  // namespace runsim
