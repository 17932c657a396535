#pragma once

#include <memory>
#include <string>

#include "base/prng.hpp"
#include "base/time.hpp"
#include "lifecycle/event_queue.hpp"
#include "lifecycle/job_queue.hpp"
#include "lifecycle/options.hpp"
#include "model/project.hpp"
#include "store/store.hpp"

namespace runsim {

// One Mage instance: its project, its database, its scheduler and workers, and the clock that they live by. A value: a copy is
// a fork, and shares the finished rows and the project.
struct Instance {
    std::shared_ptr<const Project> project;
    Options options;
    Store store;
    Instant now;          // advances with events, and by one microsecond at every write (see moment())
    EventQueue events;
    JobQueue jobs;
    Prng tokens;          // the stream that schedule tokens are drawn from
    Instant next_tick;    // also in `events`

    // Takes the next microsecond: the instant of one write. No two rows are born at one instant, even on a paused clock.
    Instant moment() {
        now = now + Duration::microseconds(1);
        return now;
    }
};

// What created_at and updated_at hold for a write at `at`: whole seconds on sqlite (http-api.md 5.1).
Instant stored_moment(const Instance& instance, Instant at);

// 32 lower-case hex digits from the token stream.
std::string new_token(Instance& instance);

}  // namespace runsim
