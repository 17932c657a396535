#pragma once

#include "lifecycle/rows/write_row.hpp"

namespace runsim {

// lifecycle.md 1.7. Cancels an initial or running run: block runs in initial / queued / running become cancelled, their
// jobs die. Else nothing.
void cancel_run(Instance& instance, RunId run, Why why = {});

}  // namespace runsim
