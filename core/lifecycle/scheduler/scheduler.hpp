#pragma once

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Sets the clock to `first` and plans the first tick at or after it. The grid of ticks has one on options.start. Once
// in an instance's life.
void start_scheduler(Instance& instance, Instant first);

// Performs the next event, if there is one that is due at or before `until`; the clock then stands at the event, or
// where the event's own writes took it. False: nothing was due, the clock is unchanged.
bool perform_next_event(Instance& instance, Instant until);

// What /api/schedulers does: until it is started again, ticks do nothing, and workers work on.
void stop_scheduler(Instance& instance);
void resume_scheduler(Instance& instance);

}  // namespace runsim
