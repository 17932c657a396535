#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/rows.hpp"
#include "store/block_run_index.hpp"
#include "store/kept_lists.hpp"
#include "store/run_index.hpp"
#include "store/sorted_chunks.hpp"
#include "store/table.hpp"

namespace runsim {

// The database: every table with its indexes, kept consistent by the only functions that write.
//
// Rows are read through a pointer that is valid until the next write to their table, and changed through update(),
// which compares the index keys before and after. Ids come from the table's counter unless the row has one (mass
// assignment). postgres never reuses an id; sqlite reuses freed top ids (Q32). Copies share all rows and indexes: a
// copy costs a pointer for 4096 rows plus what is running, not what is stored. References between rows are not checked:
// a run may name a schedule that does not exist.
class Store {
public:
    explicit Store(Dialect dialect = Dialect::postgres, SymbolTable symbol_table = {})
        : symbols(std::move(symbol_table)), dialect_(dialect) {}

    SymbolTable symbols;  // texts of all rows

    // --- rows ---
    // Return nullptr if there is no such row.
    const Schedule* schedule(ScheduleId id) const { return schedules_.find(id); }
    const Run* run(RunId id) const { return runs_.find(id); }
    const BlockRun* block_run(BlockRunId id) const { return block_runs_.find(id); }
    const Backfill* backfill(BackfillId id) const { return backfills_.find(id); }
    const EventMatcher* event_matcher(EventMatcherId id) const { return event_matchers_.find(id); }
    // The same by the type of the id, for code that handles several tables.
    const Schedule* find(ScheduleId id) const { return schedule(id); }
    const Run* find(RunId id) const { return run(id); }
    const BlockRun* find(BlockRunId id) const { return block_run(id); }
    const Backfill* find(BackfillId id) const { return backfill(id); }
    const EventMatcher* find(EventMatcherId id) const { return event_matcher(id); }

    // All rows of a table by ascending id: for (const Schedule& s : store.schedules()).
    const Table<Schedule>& schedules() const { return schedules_; }
    const Table<Run>& runs() const { return runs_; }
    const Table<BlockRun>& block_runs() const { return block_runs_; }
    const Table<Backfill>& backfills() const { return backfills_; }
    const Table<EventMatcher>& event_matchers() const { return event_matchers_; }

    // Inserts a row and returns its id: its own if it has one, else the next. The caller must make sure that the id is
    // free: on postgres a row that brought its id may already have next_id.
    ScheduleId insert(Schedule row);
    RunId insert(Run row);
    BlockRunId insert(BlockRun row);
    BackfillId insert(Backfill row);
    EventMatcherId insert(EventMatcher row);

    // The id of the next row without one: store.next_id<Run>().
    template <class Row>
    auto next_id() const {
        return table<Row>(*this).next_id(dialect_);
    }
    // Uses up the next id without a row, as a refused insert does (postgres; no effect on sqlite).
    template <class Row>
    void skip_id() {
        table<Row>(*this).take_id(dialect_);
    }
    // Uses up all ids up to this one, so that the next row gets a higher id (postgres; no effect on sqlite).
    template <class Row>
    void skip_ids_up_to(decltype(Row::id) id) {
        Table<Row>& rows = table<Row>(*this);
        if (dialect_ == Dialect::postgres && rows.counter() < id.value) rows.set_counter(id.value);
    }

    // Changes an existing row: change(Row&). `change` must keep the id and write nothing else in the store. Indexes and
    // revisions are updated; a write to a block run also increments its run's revision. The caller sets `updated_at`
    // (lifecycle/rows/write_row.hpp).
    template <class Tag, class Change>
    void update(Id<Tag> id, Change&& change);

    // Removes an existing row and nothing else. The caller handles rows that refer to it.
    void erase(ScheduleId id);
    void erase(RunId id);
    void erase(BlockRunId id);
    void erase(BackfillId id);
    void erase(EventMatcherId id);

    // --- runs in order ---
    // Indexes have the ids of runs by ascending (execution_date, id); the API's default order (desc, desc) reads them
    // backwards (rbegin, rnth). A run without a date comes first on sqlite and last on postgres, as NULL does there
    // (http-api.md 14.2). Runs whose schedule was deleted (orphans, pipeline_schedule_id 0) are only in an index of
    // orphans and in those of backfills. These references are valid until the next write to a run.
    using DateKey = RunDateKey;
    DateKey date_key(const Run& run) const { return {date_order(run.execution_date, dialect_), run.id}; }
    // What the indexes need to compare: store.runs_by_date().rank(key, store.run_dates()).
    RunDates run_dates() const { return {runs_, dialect_}; }
    const RunsByDate& runs_by_date() const { return run_index_.by_date(); }  // of all schedules
    const RunsByDate& runs_by_date(ScheduleId schedule) const { return run_index_.of(schedule).by_date; }
    // The runs with that date (none: NULL), in an index or of a schedule.
    RunsAtDate runs_at(const RunsByDate& runs, MaybeInstant date) const {
        return {runs, run_dates(), date_order(date, dialect_)};
    }
    RunsAtDate runs_at(ScheduleId schedule, MaybeInstant date) const { return runs_at(runs_by_date(schedule), date); }
    // By status: the runs of one schedule, or of each pipeline that has runs. Of one backfill, orphans too.
    const RunsByStatus& runs_by_status(ScheduleId schedule) const { return run_index_.of(schedule).by_status; }
    const std::vector<PipelineRuns>& pipeline_runs() const { return run_index_.pipelines(); }
    const BackfillRuns& backfill_runs(BackfillId backfill) const { return run_index_.of(backfill); }
    const SortedChunks<RunId>& runs_by_id(ScheduleId schedule) const { return run_index_.of(schedule).by_id; }
    const SortedChunks<RunId>& orphans() const { return run_index_.orphans(); }

    // Returns the schedule's backfill with the lowest id, or nullptr if it has none.
    const Backfill* first_backfill(ScheduleId schedule) const;

    // --- what is alive ---
    // Ascending ids. These lists are short: they contain what the scheduler checks in every tick.
    const std::vector<RunId>& running_runs() const { return run_index_.running(); }  // of all pipelines, orphans too
    std::vector<RunId> initial_runs(ScheduleId schedule) const;
    bool has_initial_runs(ScheduleId schedule) const { return !run_index_.of(schedule).of(RunStatus::initial).empty(); }
    std::int64_t running_count(ScheduleId schedule) const {
        return static_cast<std::int64_t>(run_index_.of(schedule).of(RunStatus::running).size());
    }

    // --- block runs of a run ---
    // Ascending ids. To read the rows: for (const BlockRun& b : store.block_runs_of(id)).
    BlockRunsOfRun block_runs_of(RunId id) const {
        const Run* row = run(id);
        return {block_runs_, block_run_index_, id, row == nullptr ? BlockRunId{} : row->block_runs.first};
    }
    // The same for a row of the store.
    BlockRunsOfRun block_runs_of(const Run& run) const {
        return {block_runs_, block_run_index_, run.id, run.block_runs.first};
    }
    std::int64_t block_runs_count(RunId id) const {
        std::int64_t count = 0;
        block_runs_of(id).for_each([&count](const BlockRun&) { ++count; });
        return count;
    }

    // Lists that no index has, for the requests to come. No part of the store's value.
    KeptLists& kept_lists() { return kept_lists_; }

    Dialect dialect() const { return dialect_; }

    // Increases at every write to a row of any table, or of schedules. Derived data is valid while it is unchanged.
    std::uint64_t revision() const { return revision_; }
    std::uint64_t schedules_revision() const { return schedules_revision_; }
    // The last revision that wrote a schedule or a backfill, or what an index knows of a run.
    std::uint64_t keys_revision() const { return keys_revision_; }

    // Same rows, id counters, texts and dialect. The indexes follow from them.
    friend bool operator==(const Store& a, const Store& b);

    // Archives rows, counters and texts. A loaded store rebuilds its indexes, and refuses rows that no store writes.
    // Defined for the three archives of base/archive.hpp.
    template <class A>
    friend void archive(A& a, Store& store);

private:
    template <class Row, class Self>
    static auto& table(Self& self);
    template <class Row>
    auto place(Row row);
    template <class Row>
    void remove(decltype(Row::id) id);
    template <class Row>
    Row& editable(decltype(Row::id) id);
    RunKeys keys_of(const Run& run) const {
        return {date_key(run), run.pipeline_schedule_id, run.status, run.pipeline_uuid, run.backfill_id};
    }
    // Updates the revision of a run after a write to one of its block runs. Returns the run, or nullptr if it is gone.
    Run* touch_run(RunId id) {
        ++revision_;
        Run* run = runs_.edit(id);
        if (run == nullptr) return nullptr;
        kept_lists_.note(id, run->revision);
        run->revision = revision_;
        return run;
    }

    template <class Change>
    void change_row(RunId id, Change&& change);
    template <class Change>
    void change_row(BlockRunId id, Change&& change);
    template <class Change>
    void change_row(ScheduleId id, Change&& change);
    template <class Change>
    void change_row(BackfillId id, Change&& change);
    template <class Change>
    void change_row(EventMatcherId id, Change&& change) {
        ++revision_;
        change(editable<EventMatcher>(id));
    }

    Dialect dialect_;
    // The last revision given to any row. One counter serves all tables: a row that reuses a freed id (sqlite) begins
    // above the old row's.
    std::uint64_t revision_ = 0;
    std::uint64_t schedules_revision_ = 0;  // the last one of a schedule; no part of the value
    std::uint64_t keys_revision_ = 0;       // see keys_revision(); no part of the value
    Table<Schedule> schedules_;
    Table<Run> runs_;
    Table<BlockRun> block_runs_;
    Table<Backfill> backfills_;
    Table<EventMatcher> event_matchers_;
    RunIndex run_index_;
    BlockRunIndex block_run_index_;
    SortedChunks<std::pair<ScheduleId, BackfillId>> backfill_index_;  // of backfills that have a schedule
    KeptLists kept_lists_;
};

template <class Row, class Self>
auto& Store::table(Self& self) {
    if constexpr (std::is_same_v<Row, Schedule>)
        return self.schedules_;
    else if constexpr (std::is_same_v<Row, Run>)
        return self.runs_;
    else if constexpr (std::is_same_v<Row, BlockRun>)
        return self.block_runs_;
    else if constexpr (std::is_same_v<Row, Backfill>)
        return self.backfills_;
    else
        return self.event_matchers_;
}

template <class Row>
Row& Store::editable(decltype(Row::id) id) {
    Row* row = table<Row>(*this).edit(id);
    RUNSIM_ASSERT(row != nullptr, "the row to change is there");
    return *row;
}

template <class Tag, class Change>
void Store::update(Id<Tag> id, Change&& change) {
    change_row(id, [&](auto& row) {
        change(row);
        RUNSIM_ASSERT(row.id == id, "a row keeps its id");
    });
}

template <class Change>
void Store::change_row(ScheduleId id, Change&& change) {
    Schedule& row = editable<Schedule>(id);
    change(row);
    row.revision = schedules_revision_ = keys_revision_ = ++revision_;
}

template <class Change>
void Store::change_row(RunId id, Change&& change) {
    Run& row = editable<Run>(id);
    const RunKeys before = keys_of(row);
    const BlockRunsPlace block_runs = row.block_runs;
    kept_lists_.note(id, row.revision);
    change(row);
    row.block_runs = block_runs;
    row.revision = ++revision_;
    const RunKeys after = keys_of(row);
    if (after == before) return;
    keys_revision_ = revision_;
    run_index_.move(before, after, RunDates(runs_, dialect_, before.date));
    if (!before.same_group(after)) kept_lists_.note_moved(id);
}

template <class Change>
void Store::change_row(BackfillId id, Change&& change) {
    keys_revision_ = ++revision_;
    Backfill& row = editable<Backfill>(id);
    const ScheduleId before = row.pipeline_schedule_id;
    change(row);
    if (row.pipeline_schedule_id == before) return;
    backfill_index_.erase({before, id});
    if (row.pipeline_schedule_id) backfill_index_.insert({row.pipeline_schedule_id, id});
}

template <class Change>
void Store::change_row(BlockRunId id, Change&& change) {
    BlockRun& row = editable<BlockRun>(id);
    const RunId before = row.pipeline_run_id;
    change(row);
    const RunId after = row.pipeline_run_id;
    Run* const run = touch_run(after);
    if (after == before) return;
    block_run_index_.remove(before, id, block_runs_, touch_run(before));
    block_run_index_.add(after, id, block_runs_, run);
}

}  // namespace runsim
