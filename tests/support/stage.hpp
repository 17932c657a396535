#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lifecycle/instance/instance.hpp"
#include "lifecycle/scheduler/scheduler.hpp"

namespace runsim::test {

// 2026-01-01 00:00:00, where the clock of a test stands when nothing else is said.
inline constexpr Instant kStart{1'767'225'600'000'000};

inline Instant at(std::int32_t year, std::int32_t month, std::int32_t day, std::int32_t hour = 0,
                  std::int32_t minute = 0, std::int32_t second = 0, std::int32_t microsecond = 0) {
    return from_civil({year, month, day, hour, minute, second, microsecond});
}

// An instance whose clock runs: ticks at `start`, then every ten seconds.
struct Stage {
    explicit Stage(std::shared_ptr<const Project> project, Options options = default_options());
    static Options default_options();

    Instance instance;

    // Performs what is due in the next `span`, and lets the clock stand at its end.
    void advance(Duration span) { run_until(instance.now + span); }
    void run_until(Instant until);
    // Performs the next event; false: there is none (a world whose scheduler was stopped).
    bool step();

    ScheduleId add_schedule(std::string_view pipeline, ScheduleType type, std::optional<std::string> interval = {},
                            ScheduleStatus status = ScheduleStatus::active);
    // `settings` is the text of a JSON object.
    void set_settings(ScheduleId schedule, std::string_view settings);
    // A run as the API trigger makes it: with block runs, `initial`, its execution date is now.
    RunId trigger(ScheduleId schedule);
    RunId add_run(ScheduleId schedule, Instant execution_date, RunStatus status = RunStatus::initial);

    const Run& run(RunId id) const { return *instance.store.run(id); }
    const Schedule& schedule(ScheduleId id) const { return *instance.store.schedule(id); }
    std::vector<RunId> runs_of(ScheduleId id) const;  // by id
    const BlockRun& block(RunId run, std::string_view uuid) const;
    // "load completed, left running": the block runs of a run in row order.
    std::string blocks(RunId run) const;
    // "initial running failed": the statuses that a run went through, of what is still recorded.
    std::string history(Subject subject, std::uint32_t id) const;
};

}  // namespace runsim::test
