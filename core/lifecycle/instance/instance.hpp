#pragma once

#include <memory>
#include <string>

#include "base/prng.hpp"
#include "base/time.hpp"
#include "lifecycle/instance/bounded_log.hpp"
#include "lifecycle/instance/derived.hpp"
#include "lifecycle/instance/event_queue.hpp"
#include "lifecycle/instance/generic_job.hpp"
#include "lifecycle/instance/job_queue.hpp"
#include "lifecycle/instance/log_note.hpp"
#include "lifecycle/instance/options.hpp"
#include "lifecycle/instance/process_state.hpp"
#include "lifecycle/instance/run_override.hpp"
#include "lifecycle/instance/transition.hpp"
#include "model/accounts.hpp"
#include "model/project.hpp"
#include "model/project_files.hpp"
#include "model/secrets.hpp"
#include "store/store.hpp"

namespace runsim {

// One Mage instance: its project, database, scheduler, workers and clock. It is a value: a copy is a fork, and shares
// the finished rows and the project.
struct Instance {
    std::shared_ptr<const Project> project;     // see set_project()
    std::shared_ptr<const Project> loaded;      // as loaded from its files, before any call; not part of the value
    std::shared_ptr<const ProjectFacts> facts;  // of the project; not part of the value
    Options options;
    Store store;
    Instant now;  // advances with events, and by one microsecond at every write (see moment())
    EventQueue events;
    JobQueue jobs;
    Prng tokens;                              // the random stream of schedule tokens
    Instant next_tick;                        // also in `events`
    std::vector<PipelineProcess> processes;   // of the running jobs of kind pipeline_run
    Prng fault_stream;                        // the random stream of chance faults
    Instant no_ticks_before = kFirstInstant;  // the scheduler is stopped until then
    bool loses_next_job = false;
    std::vector<GenericJob> generic_jobs;  // unfinished ones, by id
    std::uint32_t last_generic_job = 0;
    std::vector<RunOverride> run_overrides;  // by run and block: how blocks behave in single runs
    std::vector<RunWait> run_waits;          // by block run: those whose code waits for other runs
    BoundedLog<Transition> transitions;      // every status change, the newest ones kept
    BoundedLog<LogNote> notes;               // additional entries for log files
    ProjectFiles files;                      // changes that calls made to the project's files
    std::vector<std::string> tags;           // of schedules, in order of first use; ids count from 1
    Accounts accounts;
    Secrets secrets;
    Prng sessions;    // the random stream of session tokens
    Derived derived;  // not part of the value

    // Takes the next microsecond: the instant of one write. No two rows are created at one instant, even on a paused
    // clock.
    Instant moment() {
        now = now + Duration::microseconds(1);
        return now;
    }
};

// Returns whether loaded data could have been saved by us: known enumerators, one pending tick, sessions of existing
// users.
bool is_sound(const Instance& instance);

// All of it except the project, which is saved separately as a document.
template <class A>
void archive(A& a, Instance& i) {
    a(i.options, i.store, i.now, i.events, i.jobs, i.tokens, i.next_tick, i.processes, i.fault_stream,
      i.no_ticks_before, i.loses_next_job, i.generic_jobs, i.last_generic_job, i.run_overrides, i.transitions, i.notes,
      i.files, i.tags, i.accounts, i.secrets, i.sessions);
    // Last, and only if there are any.
    bool more = !i.files.written.empty() || !i.run_waits.empty();
    if constexpr (A::kLoading) more = a.ok() && !a.at_end();
    if (more) a(i.files.written, i.run_waits);
    if constexpr (A::kLoading) {
        i.derived = Derived();
        if (a.ok() && !is_sound(i)) a.fail();
    }
}

// Makes an instance of a project without rows. Its clock is at options.start, and its scheduler is not started
// (scheduler.hpp).
Instance make_instance(std::shared_ptr<const Project> project, const Options& options);

// Returns created_at and updated_at for a write at `at`: whole seconds on sqlite (http-api.md 5.1).
inline Instant stored_moment(const Instance& instance, Instant at) {
    return instance.options.dialect == Dialect::sqlite ? at.floor_second() : at;
}

// Replaces the project, computes its facts, and drops everything derived from the old one.
void set_project(Instance& instance, std::shared_ptr<const Project> project);

// 32 lower-case hex digits from the token stream.
std::string new_token(Instance& instance);

// --- what rows refer to ---

inline const ProjectFacts& project_facts(const Instance& instance) { return *instance.facts; }
// Returns nullptr if the project has no such pipeline.
const PipelineFacts* pipeline_facts(const Instance& instance, Symbol pipeline_uuid);
// The pipeline of a run. Also returns nullptr if `run` is null.
const PipelineFacts* pipeline_facts(const Instance& instance, const Run* run);

// The facts of an existing schedule, kept in `derived`. Valid until the schedule is deleted.
ScheduleFacts& schedule_facts(Instance& instance, const Schedule& schedule);
// The settings of a run's schedule, or the defaults if it has none. The first function keeps them in `derived`, valid
// until the schedule changes. The second reads them from the row.
const ScheduleSettings& kept_settings_of(Instance& instance, const Run& run);
ScheduleSettings settings_of(const Instance& instance, const Run& run);

// Returns the index of a block run's block in its pipeline: "each:0" is a child of `each`. Returns kNoBlock if the
// pipeline has no such block.
std::uint32_t block_of(const Instance& instance, const PipelineFacts& pipeline, Symbol block_uuid);
// The same for a text that may not be a symbol yet.
std::uint32_t block_named(const Instance& instance, const PipelineFacts& pipeline, std::string_view block_uuid);

// A block run and the objects it belongs to. A member is nullptr if it, or an object needed to find it, is gone.
struct BlockRunPlace {
    const BlockRun* row = nullptr;
    const Run* run = nullptr;
    const PipelineFacts* pipeline = nullptr;
    const BlockFacts* block = nullptr;
};
BlockRunPlace locate(const Instance& instance, BlockRunId id);

}  // namespace runsim
