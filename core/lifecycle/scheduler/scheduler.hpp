#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Sets the clock to `first` and plans the first tick at or after it. The grid of ticks includes options.start. Call it
// once in an instance's life.
void start_scheduler(Instance& instance, Instant first);

// Performs the next event if one is due at or before `until`. The clock is then at the event, or later if the event's
// own writes moved it. Returns false if nothing was due; the clock is unchanged.
bool perform_next_event(Instance& instance, Instant until);

// The stop of /api/schedulers: ticks do nothing until the scheduler is started again. Workers continue.
void stop_scheduler(Instance& instance);
void resume_scheduler(Instance& instance);

}  // namespace runsim
