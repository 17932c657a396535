#include "store/store.hpp"

#include <algorithm>

namespace runsim {

template <class Row>
auto Store::place(Row row) {
    Table<Row>& rows = table<Row>(*this);
    if (!row.id) row.id = rows.take_id(dialect_);
    const auto id = row.id;
    rows.insert(std::move(row));
    return id;
}

template <class Row>
void Store::remove(decltype(Row::id) id) {
    ++revision_;
    if (!std::is_same_v<Row, BlockRun>) keys_revision_ = revision_;
    table<Row>(*this).erase(id);
}

ScheduleId Store::insert(Schedule row) {
    row.revision = schedules_revision_ = keys_revision_ = ++revision_;
    return place(std::move(row));
}

RunId Store::insert(Run row) {
    row.revision = keys_revision_ = ++revision_;
    RunKeys keys = keys_of(row);
    const RunId id = place(std::move(row));
    keys.date.id = id;
    run_index_.add(keys, run_dates());
    block_run_index_.attach(*runs_.edit(id), block_runs_);
    kept_lists_.note(id, 0);
    return id;
}

BlockRunId Store::insert(BlockRun row) {
    const RunId run = row.pipeline_run_id;
    const BlockRunId id = place(std::move(row));
    block_run_index_.add(run, id, block_runs_, touch_run(run));
    return id;
}

BackfillId Store::insert(Backfill row) {
    keys_revision_ = ++revision_;
    const ScheduleId schedule = row.pipeline_schedule_id;
    const BackfillId id = place(std::move(row));
    if (schedule) backfill_index_.insert({schedule, id});
    return id;
}

EventMatcherId Store::insert(EventMatcher row) {
    ++revision_;
    return place(std::move(row));
}

void Store::erase(ScheduleId id) {
    remove<Schedule>(id);
    schedules_revision_ = revision_;
}

void Store::erase(RunId id) {
    const Run* row = run(id);
    RUNSIM_ASSERT(row != nullptr, "the run to erase is there");
    run_index_.remove(keys_of(*row), run_dates());
    block_run_index_.detach(*row, block_runs_);
    kept_lists_.note_moved(id);
    remove<Run>(id);
}

void Store::erase(BlockRunId id) {
    const BlockRun* row = block_run(id);
    RUNSIM_ASSERT(row != nullptr, "the block run to erase is there");
    const RunId run = row->pipeline_run_id;
    block_run_index_.remove(run, id, block_runs_, runs_.edit(run));
    kept_lists_.note_erased(run, id);
    remove<BlockRun>(id);
    touch_run(run);
}

void Store::erase(BackfillId id) {
    const Backfill* row = backfill(id);
    RUNSIM_ASSERT(row != nullptr, "the backfill to erase is there");
    backfill_index_.erase({row->pipeline_schedule_id, id});
    remove<Backfill>(id);
}

void Store::erase(EventMatcherId id) { remove<EventMatcher>(id); }

const Backfill* Store::first_backfill(ScheduleId schedule) const {
    const auto first = backfill_index_.lower_bound({schedule, BackfillId{}});
    return first != backfill_index_.end() && first->first == schedule ? backfill(first->second) : nullptr;
}

std::vector<RunId> Store::initial_runs(ScheduleId schedule) const {
    const RunsByDate& runs = run_index_.of(schedule).of(RunStatus::initial);
    std::vector<RunId> ids(runs.begin(), runs.end());
    if (!std::is_sorted(ids.begin(), ids.end())) std::sort(ids.begin(), ids.end());
    return ids;
}

bool operator==(const Store& a, const Store& b) {
    return a.dialect_ == b.dialect_ && a.revision_ == b.revision_ && a.symbols == b.symbols &&
           a.schedules_ == b.schedules_ && a.runs_ == b.runs_ && a.block_runs_ == b.block_runs_ &&
           a.backfills_ == b.backfills_ && a.event_matchers_ == b.event_matchers_;
}

}  // namespace runsim
