#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "base/shared.hpp"
#include "model/rows.hpp"
#include "store/sorted_chunks.hpp"
#include "store/table.hpp"

namespace runsim {

// A run in date order: ascending (execution_date, id).
struct RunDateKey {
    std::int64_t date = 0;  // execution_date in microseconds, or an end of the range for NULL
    RunId id;
    explicit operator RunId() const { return id; }
    friend auto operator<=>(const RunDateKey&, const RunDateKey&) = default;
};

// A date as RunDateKey stores it. None sorts first on sqlite and last on postgres, as NULL does there
// (http-api.md 14.2).
std::int64_t date_order(MaybeInstant date, Dialect dialect);

// The fields of a run that the indexes depend on.
struct RunKeys {
    RunDateKey date;
    ScheduleId schedule;
    RunStatus status = RunStatus::initial;
    Symbol pipeline;
    BackfillId backfill;
    friend bool operator==(const RunKeys&, const RunKeys&) = default;
    // Returns whether execution date, schedule and pipeline are the same.
    bool same_group(const RunKeys& other) const {
        return date == other.date && schedule == other.schedule && pipeline == other.pipeline;
    }
};

// The runs of an index in date order. It has only their ids: whatever compares needs their dates.
using RunsByDate = SortedChunks<RunDateKey, RunId>;

// Reads the dates of runs from their rows.
class RunDates {
public:
    // `known`: a run whose row may have another date than the indexes. It is asked for by this key.
    RunDates(const Table<Run>& rows, Dialect dialect, RunDateKey known = {})
        : rows_(&rows), dialect_(dialect), known_(known) {}

    RunDateKey operator()(RunId id) const {
        return id == known_.id ? known_ : RunDateKey{date_order(rows_->find(id)->execution_date, dialect_), id};
    }

private:
    const Table<Run>* rows_;
    Dialect dialect_;
    RunDateKey known_;
};

// The runs of one date in such an index, by ascending id: for (const RunId id : store.runs_at(schedule, date)). Valid
// until the next write to a run.
class RunsAtDate {
public:
    RunsAtDate(const RunsByDate& runs, const RunDates& dates, std::int64_t date)
        : at_(runs.lower_bound({date, RunId{}}, dates)), end_(runs.end()), dates_(dates), date_(date) {}

    bool empty() const { return *this == std::default_sentinel; }
    // This range is its own iterator.
    RunsAtDate begin() const { return *this; }
    std::default_sentinel_t end() const { return {}; }
    RunId operator*() const { return *at_; }
    RunsAtDate& operator++() {
        ++at_;
        return *this;
    }
    friend bool operator==(const RunsAtDate& runs, std::default_sentinel_t) {
        return runs.at_ == runs.end_ || runs.dates_(*runs.at_).date != runs.date_;
    }

private:
    RunsByDate::Iterator at_;
    RunsByDate::Iterator end_;
    RunDates dates_;
    std::int64_t date_;
};

// By RunStatus.
using RunsByStatus = std::array<RunsByDate, EnumSpelling<RunStatus>::names.size()>;

// The runs of one pipeline or backfill.
struct PipelineRuns {
    Symbol id;
    RunsByStatus by_status;
};
struct BackfillRuns {
    BackfillId id;
    RunsByDate by_date;         // includes orphans
    std::uint32_t orphans = 0;  // their number
};

// The runs of one schedule: a row of an internal table.
struct ScheduleRuns {
    ScheduleId id;
    RunsByDate by_date;
    RunsByStatus by_status;
    SortedChunks<RunId> by_id;

    const RunsByDate& of(RunStatus status) const { return by_status[static_cast<std::size_t>(status)]; }
};

// All orders and lists of runs except the order of the table itself. Every write needs the dates of the runs.
class RunIndex {
public:
    // The run's row must be there, with these keys.
    void add(const RunKeys& keys, const RunDates& dates);
    // The run's row must be there still, or be known to `dates`, as it must in the next two.
    void remove(const RunKeys& keys, const RunDates& dates);
    // Updates the indexes when keys of a run changed. `dates` must know the run by its old date, unless that is the
    // same.
    void move(const RunKeys& before, const RunKeys& after, const RunDates& dates);

    const RunsByDate& by_date() const { return by_date_; }
    // The pipelines that have runs, by number; without orphans.
    const std::vector<PipelineRuns>& pipelines() const { return groups_ ? groups_->pipelines : no_groups().pipelines; }
    const BackfillRuns& of(BackfillId backfill) const;  // empty if it has no runs
    const ScheduleRuns& of(ScheduleId schedule) const;  // empty if it has no runs
    const std::vector<RunId>& running() const { return running_; }
    const SortedChunks<RunId>& orphans() const { return orphans_; }

private:
    // Shared by copies until one writes to a run.
    struct Groups : Counted {
        std::vector<PipelineRuns> pipelines;
        std::vector<BackfillRuns> backfills;
    };
    static const Groups& no_groups();

    void add_ordered(const RunKeys& keys, const RunDates& dates);
    void remove_ordered(const RunKeys& keys, const RunDates& dates);
    void add_grouped(const RunKeys& keys, const RunDates& dates);
    void remove_grouped(const RunKeys& keys, const RunDates& dates);
    void change_status(const RunKeys& before, RunStatus after, const RunDates& dates);
    void add_running(RunId id);
    void remove_running(RunId id);
    ScheduleRuns& edit(ScheduleId schedule);
    void drop_if_empty(ScheduleId schedule);

    RunsByDate by_date_;             // without orphans
    Shared<Groups> groups_;          // null: there are no runs
    Table<ScheduleRuns> schedules_;  // those that have runs
    std::vector<RunId> running_;     // ascending, includes orphans
    SortedChunks<RunId> orphans_;
};

}  // namespace runsim
