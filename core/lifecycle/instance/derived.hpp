#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "lifecycle/cron/cron.hpp"
#include "lifecycle/instance/project_facts.hpp"
#include "lifecycle/instance/schedule_settings.hpp"
#include "model/rows.hpp"

namespace runsim {

// What follows from a schedule's row, while the row stays as it is.
struct ScheduleFacts {
    std::uint64_t revision = 0;  // of the row
    ScheduleSettings settings;
    bool always_on = false;
    std::optional<CronExpression> cron;  // none: the interval is no cron expression
    // lifecycle.md 4.4 need not be asked before this instant, as long as the run of the present period is there.
    Instant not_due_before = kFirstInstant;
    MaybeInstant period;  // the present execution date; none: no run matters
    // @always_on is not due while its newest run goes on: that run, and how many there were when this was found out.
    RunId newest;
    std::size_t runs = 0;
};

// The active schedules of one pipeline, by id.
struct ScheduleGroup {
    const PipelineFacts* pipeline = nullptr;
    std::vector<ScheduleId> schedules;
};

// What a step sees of one block run.
struct BlockRow {
    BlockRunId id;
    std::uint32_t block = 0;  // index in the pipeline, or kNoBlock
    BlockRunStatus status = BlockRunStatus::initial;
    bool spawned = false;    // a child that a controller made
    bool recovered = false;  // its job was gone: it is queued again before all others
};

// That a step of a run has nothing to do, while the run, its block runs and all schedules stay as they are.
struct StepMemo {
    RunId run;
    std::uint64_t revision = 0;            // of the run
    std::uint64_t schedules_revision = 0;  // of the store
    std::uint32_t deaths = 0;              // of derived
    Instant until;                         // the next timeout
};

// Derived from the value that it is part of, to save work: never copied, saved or hashed. Everything here is rebuilt
// when needed.
struct Derived {
    Derived() = default;
    Derived(const Derived& other) : facts(other.facts) {}
    Derived& operator=(const Derived& other) {
        Derived fresh(other);
        return *this = std::move(fresh);
    }
    Derived(Derived&&) = default;
    Derived& operator=(Derived&&) = default;

    std::shared_ptr<const ProjectFacts> facts;  // of the project, which copies share

    std::vector<ScheduleFacts> schedules;  // by id
    std::vector<ScheduleGroup> active;     // in the order in which the pipelines first come
    std::uint64_t active_at = 0;           // 1 + the store's schedules_revision() for which `active` holds
    bool any_sla = false;                  // of an active schedule

    std::uint64_t quiet_at = 0;  // 1 + the store's revision() for which `quiet_until` holds
    Instant quiet_until;         // no tick before it has anything to do

    std::vector<StepMemo> steps;  // by the run's id modulo the size
    std::uint32_t deaths = 0;     // processes that died without a word

    BlockBehaviour model;  // see behaviour_in_run()

    Symbol local_python;  // empty: not known yet

    // Kept for their memory.
    std::vector<BlockRow> rows;
    std::vector<RunId> run_ids;
    std::vector<RunId> start_list;
    std::vector<RunId> excluded;
    std::vector<std::uint8_t> done_blocks;
};

}  // namespace runsim
