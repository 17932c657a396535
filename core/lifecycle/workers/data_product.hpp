#pragma once

#include "lifecycle/workers/block_code.hpp"

namespace runsim {

// lifecycle.md 2.15: has the pipeline of a global data product run where it is outdated, and waits for the run. Goes on
// from where `wait` says, and writes there how far it came.
CodeStep see_to_product(Instance& instance, RunWait& wait, const DataProductUse& use);

}  // namespace runsim
