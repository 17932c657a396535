#pragma once

#include <cstdint>

#include "lifecycle/instance/instance.hpp"

namespace runsim {

// Sets the clock to `first` and plans the first tick at or after it. The grid of ticks includes options.start. Call it
// once in an instance's life.
void start_scheduler(Instance& instance, Instant first);

// Performs the next event if one is due at or before `until`. The clock is then at the event, or later if the event's
// own writes moved it. Returns false if nothing was due; the clock is unchanged.
bool perform_next_event(Instance& instance, Instant until);

// Performs the ticks up to `until` that are due next and have nothing to do, at most `most` of them, all at once.
// Returns their number. They leave the instance as if they were performed one by one.
std::uint64_t perform_quiet_ticks(Instance& instance, Instant until, std::uint64_t most);

// The stop of /api/schedulers: ticks do nothing until the scheduler is started again. Workers continue.
void stop_scheduler(Instance& instance);
void resume_scheduler(Instance& instance);

}  // namespace runsim
