#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/rows.hpp"
#include "store/sorted_chunks.hpp"
#include "store/table.hpp"

namespace runsim {

// The database: every table with its indexes, kept consistent by the only functions that write.
//
// A row is read through a pointer that lives until the next write to its table, and changed through update(), which compares the
// index keys before and after. Ids come from a counter of the table unless the row brings one (mass assignment); postgres
// never reuses an id, sqlite reuses freed top ids (http-api.md Q32).
// Copying shares all rows and indexes: it costs what stands in the chunk directories, not what is stored.
class Store {
public:
    explicit Store(Dialect dialect = Dialect::postgres, SymbolTable symbols = {});

    SymbolTable symbols;  // texts of all rows

    // --- rows ---
    const Schedule* schedule(ScheduleId id) const;
    const Run* run(RunId id) const;
    const BlockRun* block_run(BlockRunId id) const;
    const Backfill* backfill(BackfillId id) const;
    const EventMatcher* event_matcher(EventMatcherId id) const;

    // All rows of a table by ascending id: for (const Schedule& s : store.schedules()).
    const Table<Schedule>& schedules() const;
    const Table<Run>& runs() const;
    const Table<BlockRun>& block_runs() const;
    const Table<Backfill>& backfills() const;
    const Table<EventMatcher>& event_matchers() const;

    // Inserts and returns the id: the row's own where it brings one that is free (that is for the caller to check), else the next.
    ScheduleId insert(Schedule row);
    RunId insert(Run row);
    BlockRunId insert(BlockRun row);
    BackfillId insert(Backfill row);
    EventMatcherId insert(EventMatcher row);

    // Changes a row that is there: change(Row&). The id must stay. Indexes and revisions follow; a write to a block run
    // also counts up its run's revision. `updated_at` is the caller's (lifecycle/write.hpp).
    template <class Tag, class Change>
    void update(Id<Tag> id, Change&& change);

    // Removes a row that is there, nothing else: what hangs on it is the caller's to settle.
    void erase(ScheduleId id);
    void erase(RunId id);
    void erase(BlockRunId id);
    void erase(BackfillId id);
    void erase(EventMatcherId id);

    // --- runs in order ---
    // Index entries ascend by (execution_date, id); the API's default order (desc, desc) reads them backwards. A run without a
    // date stands first on sqlite and last on postgres, which is where NULL belongs in either (http-api.md 14.2).
    // Runs whose schedule was deleted (orphans) are in no index but the table.
    struct DateKey {
        std::int64_t date;  // execution_date in microseconds, or an end of the range for NULL
        RunId id;
        friend auto operator<=>(const DateKey&, const DateKey&) = default;
    };
    DateKey date_key(const Run& run) const;
    const SortedChunks<DateKey>& runs_by_date() const;                     // of all schedules
    const SortedChunks<DateKey>& runs_by_date(ScheduleId schedule) const;  // empty where it has none
    const SortedChunks<RunId>& runs_by_id(ScheduleId schedule) const;

    // --- what is alive ---
    // Ascending ids. These lists are short: they hold what the scheduler looks at in every tick.
    const std::vector<RunId>& running_runs() const;                     // of all pipelines, orphans too
    std::vector<RunId> initial_runs(ScheduleId schedule) const;
    std::int64_t running_count(ScheduleId schedule) const;

    // --- block runs of a run ---
    // Ascending ids. The span of rows is walked with for (const BlockRun& b : store.block_runs_of(id)).
    BlockRunsOfRun block_runs_of(RunId id) const;
    std::int64_t block_runs_count(RunId id) const;

    Dialect dialect() const;

    template <class A>
    friend void archive(A& a, Store& store);
};

}  // namespace runsim
