#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "lifecycle/cron/cron.hpp"
#include "lifecycle/instance/project_facts.hpp"
#include "lifecycle/instance/schedule_settings.hpp"
#include "model/rows.hpp"

namespace runsim {

// What follows from a schedule's row as long as the row does not change.
struct ScheduleFacts {
    std::uint64_t revision = 0;  // of the row
    ScheduleSettings settings;
    bool always_on = false;
    std::optional<CronExpression> cron;  // none: the interval is no cron expression
    // The schedule is not due (lifecycle.md 4.4) before this instant while the run of the present period exists.
    Instant not_due_before = kFirstInstant;
    MaybeInstant period;  // the present execution date; none: no run matters
    // An @always_on schedule is not due until its newest run ends: that run, and the number of runs at that time.
    RunId newest;
    std::size_t runs = 0;
};

// The active schedules of one pipeline, by id.
struct ScheduleGroup {
    const PipelineFacts* pipeline = nullptr;
    std::vector<ScheduleId> schedules;
};

// A block run as a step of its run sees it.
struct BlockRow {
    BlockRunId id;
    std::uint32_t block = 0;  // index in the pipeline, or PipelineFacts::kNoBlock
    BlockRunStatus status = BlockRunStatus::initial;
    bool spawned = false;    // a child that a controller made
    bool recovered = false;  // its job was gone: it is queued again before all others
};

// How many block runs of a run have each status.
struct StatusCounts {
    std::array<std::uint32_t, EnumSpelling<BlockRunStatus>::names.size()> of{};
    std::uint32_t total = 0;

    std::uint32_t operator[](BlockRunStatus status) const { return of[static_cast<std::size_t>(status)]; }
};

// The block runs of a run as a step read them (blocks/block_rows.hpp), in row order. The step keeps their status up to
// date while it writes to them; the counts stay as they were read.
struct StepRows {
    std::vector<BlockRow> rows;
    StatusCounts counts;
    std::vector<std::uint8_t> done_blocks;  // by block; see blocks/readiness.hpp
};

// A step of `run` has nothing to do before `until` while the run, its block runs and all schedules do not change.
struct StepMemo {
    RunId run;
    std::uint64_t revision = 0;            // of the run
    std::uint64_t schedules_revision = 0;  // of the store
    std::uint32_t deaths = 0;              // of Derived
    Instant until;                         // the next timeout
};

// What the scheduler remembers to save work. It follows from the value that it is part of: never copied, saved or
// hashed, and worked out again when it is needed.
struct Derived {
    Derived() = default;
    Derived(const Derived&) {}
    Derived& operator=(const Derived&) { return *this = Derived(); }
    Derived(Derived&&) = default;
    Derived& operator=(Derived&&) = default;

    std::map<ScheduleId, ScheduleFacts> schedules;
    std::vector<ScheduleGroup> active;  // in the order in which the pipelines first come
    std::uint64_t active_at = 0;        // 1 + the store's schedules_revision() for which `active` holds
    bool any_sla = false;               // of an active schedule

    std::uint64_t quiet_at = 0;  // 1 + the store's revision() for which `quiet_until` holds
    Instant quiet_until;         // no tick before it has anything to do

    std::vector<StepMemo> steps;  // by the run's id modulo the size
    std::uint32_t deaths = 0;     // how often processes died without a word

    Symbol local_python;  // empty: not known yet

    // Memory to use again. Nobody reads what the last user left in it.
    StepRows step_rows;
    std::vector<RunId> run_ids;
};

}  // namespace runsim
