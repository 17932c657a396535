#pragma once

#include "lifecycle/rows/write_row.hpp"

namespace runsim {

// lifecycle.md 1.7. Cancels an initial or running run: its initial, queued and running block runs become cancelled, and
// their jobs die. Does nothing to other runs.
void cancel_run(Instance& instance, RunId run, Why why = {});

}  // namespace runsim
