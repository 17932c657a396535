#pragma once

// The rows of lifecycle.md 0.4: plain data, no behaviour. Dates are UTC. None means SQL NULL.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/text.hpp"
#include "model/enums.hpp"
#include "model/ids.hpp"
#include "model/packed_dates.hpp"
#include "model/symbol.hpp"

namespace runsim {

// A pipeline schedule: what Mage's UI calls a trigger.
struct Schedule {
    ScheduleId id;
    Instant created_at;
    Instant updated_at;
    std::optional<std::string> name;
    std::optional<std::string> description;
    Symbol pipeline_uuid;
    std::optional<ScheduleType> schedule_type;
    MaybeInstant start_time;
    std::optional<std::string> schedule_interval;
    ScheduleStatus status = ScheduleStatus::inactive;
    MaybeInstant last_enabled_at;
    json::Text variables;
    std::optional<std::int64_t> sla;  // seconds
    std::optional<std::string> token;
    std::optional<std::string> repo_path;
    json::Text settings;
    std::optional<std::string> global_data_product_uuid;
    std::vector<std::string> tags;  // in the order given
    std::vector<EventMatcherId> event_matchers;
    std::uint64_t revision = 0;  // grows at every write; data derived from an older one is stale
    friend bool operator==(const Schedule&, const Schedule&) = default;
};

// Where the block runs of a run begin, as the store knows it. No part of a row's value.
struct BlockRunsPlace {
    BlockRunId first;  // the lowest id; 0: there are none
    friend constexpr bool operator==(BlockRunsPlace, BlockRunsPlace) { return true; }
};

struct Run {
    RunId id;
    ScheduleId pipeline_schedule_id;  // 0: the schedule was deleted
    BackfillId backfill_id;           // 0: none
    Symbol pipeline_uuid;
    Symbol executor_type;
    BlockRunsPlace block_runs;  // written by the store
    RunStatus status = RunStatus::initial;
    bool passed_sla = false;
    json::Text metrics;          // here it fills a gap in wasm
    std::uint64_t revision = 0;  // grows at every write to the run or to one of its block runs
    Instant created_at;
    Instant updated_at;
    MaybeInstant execution_date;
    MaybeInstant started_at;
    MaybeInstant completed_at;
    json::Text variables;
    json::Text event_variables;
    friend bool operator==(const Run&, const Run&) = default;
};

struct BlockRun {
    BlockRunId id;
    RunId pipeline_run_id;
    Symbol block_uuid;  // with the suffix of a replica or dynamic child: "each:0"
    BlockRunStatus status = BlockRunStatus::initial;
    std::uint16_t attempts =
        0;  // that ended, over all lives of the row: where its model goes on. The simulation's own, no column
    PackedDates dates;
    json::Text metrics;
    friend bool operator==(const BlockRun&, const BlockRun&) = default;
};

struct Backfill {
    BackfillId id;
    Instant created_at;
    Instant updated_at;
    std::optional<std::string> block_uuid;
    MaybeInstant completed_at;
    MaybeInstant end_datetime;
    MaybeInstant failed_at;  // the real server never writes it
    std::optional<IntervalType> interval_type;
    std::optional<std::int64_t> interval_units;
    json::Text metrics;
    std::optional<std::string> name;
    ScheduleId pipeline_schedule_id;
    Symbol pipeline_uuid;
    json::Text settings;
    MaybeInstant start_datetime;
    MaybeInstant started_at;
    std::optional<BackfillStatus> status;
    json::Text variables;
    friend bool operator==(const Backfill&, const Backfill&) = default;
};

struct EventMatcher {
    EventMatcherId id;
    Instant created_at;
    Instant updated_at;
    std::optional<std::string> event_type;
    std::optional<std::string> name;
    json::Text pattern;
    friend bool operator==(const EventMatcher&, const EventMatcher&) = default;
};

// The dates that all or several kinds of rows have, for code that handles several tables.
template <class Row>
Instant created_at(const Row& row) {
    return row.created_at;
}
template <class Row>
Instant updated_at(const Row& row) {
    return row.updated_at;
}
template <class Row>
MaybeInstant started_at(const Row& row) {
    return row.started_at;
}
template <class Row>
MaybeInstant completed_at(const Row& row) {
    return row.completed_at;
}
template <class Row>
void set_dates(Row& row, Instant created_at, Instant updated_at) {
    row.created_at = created_at;
    row.updated_at = updated_at;
}
template <class Row>
void set_updated_at(Row& row, Instant at) {
    row.updated_at = at;
}
inline Instant created_at(const BlockRun& row) { return row.dates.created_at(); }
inline Instant updated_at(const BlockRun& row) { return row.dates.updated_at(); }
inline MaybeInstant started_at(const BlockRun& row) { return row.dates.started_at(); }
inline MaybeInstant completed_at(const BlockRun& row) { return row.dates.completed_at(); }
inline void set_dates(BlockRun& row, Instant created_at, Instant updated_at) {
    BlockRunDates dates = row.dates.all();
    dates.created_at = created_at;
    dates.updated_at = updated_at;
    row.dates = dates;
}
inline void set_updated_at(BlockRun& row, Instant at) { row.dates.set_updated_at(at); }

template <class A>
void archive(A& a, Symbol& s) {
    a(s.value);
}
template <class A>
void archive(A& a, Schedule& s) {
    a(s.id, s.created_at, s.updated_at, s.name, s.description, s.pipeline_uuid, s.schedule_type, s.start_time,
      s.schedule_interval, s.status, s.last_enabled_at, s.variables, s.sla, s.token, s.repo_path, s.settings,
      s.global_data_product_uuid, s.tags, s.event_matchers, s.revision);
}
template <class A>
void archive(A& a, Run& r) {
    a(r.id, r.pipeline_schedule_id, r.backfill_id, r.pipeline_uuid, r.executor_type, r.status, r.passed_sla, r.revision,
      r.created_at, r.updated_at, r.execution_date, r.started_at, r.completed_at);
    a(r.variables, r.event_variables, r.metrics);
}
template <class A>
void archive(A& a, BlockRun& b) {
    BlockRunDates dates = b.dates.all();
    a(b.id, b.pipeline_run_id, b.block_uuid, b.status, b.attempts, dates.created_at, dates.updated_at, dates.started_at,
      dates.completed_at);
    if constexpr (A::kLoading) b.dates = dates;
    a(b.metrics);
}
template <class A>
void archive(A& a, Backfill& b) {
    a(b.id, b.created_at, b.updated_at, b.block_uuid, b.completed_at, b.end_datetime, b.failed_at, b.interval_type,
      b.interval_units, b.metrics, b.name, b.pipeline_schedule_id, b.pipeline_uuid, b.settings, b.start_datetime,
      b.started_at, b.status, b.variables);
}
template <class A>
void archive(A& a, EventMatcher& m) {
    a(m.id, m.created_at, m.updated_at, m.event_type, m.name, m.pattern);
}

}  // namespace runsim
