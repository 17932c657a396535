#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "lifecycle/cron/cron_periods.hpp"
#include "lifecycle/instance/project_facts.hpp"
#include "lifecycle/instance/schedule_settings.hpp"
#include "model/rows.hpp"

namespace runsim {

// Facts derived from a schedule's row, valid as long as the row does not change.
struct ScheduleFacts {
    std::uint64_t revision = 0;  // of the row
    ScheduleSettings settings;
    bool always_on = false;
    std::optional<CronPeriods> cron;  // nullopt: the interval is not a cron expression
    // The schedule is not due (lifecycle.md 4.4) before this instant while the run of the current period exists.
    Instant not_due_before = kFirstInstant;
    MaybeInstant period;  // the current execution date; none: no run matters
    // An @always_on schedule is not due until its newest run ends: that run, and the number of runs at that time.
    RunId newest;
    std::size_t runs = 0;
};

// The active schedules of one pipeline, by id.
struct ActiveSchedule {
    ScheduleId id;
    ScheduleFacts* facts = nullptr;  // in Derived::schedules
};
struct ScheduleGroup {
    const PipelineFacts* pipeline = nullptr;
    std::vector<ActiveSchedule> schedules;
};

// A block run as seen by a step of its run.
struct BlockRow {
    BlockRunId id;
    std::uint32_t block = 0;  // index in the pipeline, or PipelineFacts::kNoBlock
    BlockRunStatus status = BlockRunStatus::initial;
    bool spawned = false;    // a child that a controller made
    bool recovered = false;  // its job was lost: it is queued again before all others
};

// The number of block runs of a run in each status.
struct StatusCounts {
    std::array<std::uint32_t, EnumSpelling<BlockRunStatus>::names.size()> of{};
    std::uint32_t total = 0;

    std::uint32_t operator[](BlockRunStatus status) const { return of[static_cast<std::size_t>(status)]; }
};

// The block runs of a run as a step read them (blocks/block_rows.hpp), in row order. The step updates their status
// while it writes to them; the counts stay as they were read.
struct StepRows {
    std::vector<BlockRow> rows;
    StatusCounts counts;
    std::vector<std::uint8_t> done_blocks;  // by block; see blocks/readiness.hpp
};

// A step of `run` has nothing to do before `until` unless the run, its block runs or a schedule change.
struct StepMemo {
    RunId run;
    std::uint64_t revision = 0;            // of the run
    std::uint64_t schedules_revision = 0;  // of the store
    std::uint32_t deaths = 0;              // of Derived
    Instant until;                         // the next timeout
};

// What the scheduler remembers to save work. It follows from the instance's value, so it is never copied, saved or
// hashed, and is recomputed when needed.
struct Derived {
    Derived() = default;
    Derived(const Derived&) {}
    Derived& operator=(const Derived&) { return *this = Derived(); }
    Derived(Derived&&) = default;
    Derived& operator=(Derived&&) = default;

    std::map<ScheduleId, ScheduleFacts> schedules;
    std::vector<ScheduleGroup> active;  // in order of each pipeline's first appearance
    std::uint64_t active_at = 0;        // 1 + the store's schedules_revision() for which `active` holds
    bool any_sla = false;               // whether an active schedule has an SLA

    std::uint64_t starts_quiet_at = 0;  // 1 + the store's keys_revision() for which the next two hold
    Instant starts_quiet_until;         // no tick before this instant has a run to create or start
    bool runs_wait = false;             // whether an active schedule has initial runs
    std::uint64_t quiet_at = 0;         // 1 + the store's revision() for which `quiet_until` holds
    std::uint32_t quiet_deaths = 0;     // `deaths` for which it holds
    Instant quiet_until;                // no tick before this instant has anything to do

    std::vector<StepMemo> steps;  // by the run's id modulo the size
    std::uint32_t deaths = 0;     // how often processes died silently

    Symbol local_python;  // empty: not known yet

    // Reused memory. Nobody reads what the last user left in it.
    StepRows step_rows;
    std::vector<RunId> run_ids;
};

}  // namespace runsim
