#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/calls/call.hpp"
#include "store/kept_list.hpp"

namespace runsim::api {

// The runs that a LIST shows (http-api.md 6.1, 6.2, 6.4). A filter that is set but empty lets no run through.
class RunFilter {
public:
    // Reads query and parent. Errors come in the real server's order: timestamps, numbers, then refusals of the
    // database.
    static ResultOf<RunFilter> read(const Call& call);

    // Returns whether the run's schedule may be shown: project and data product (http-api.md 6.1). A run without a
    // schedule is never shown.
    bool shows(const Schedule& schedule) const;
    // The schedules that shows() is true for.
    std::vector<ScheduleId> shown_schedules(const Store& store) const;
    // Returns whether runs of this schedule can be in the list. nullptr: the schedule is gone.
    bool lists_runs_of(const Schedule* schedule) const {
        return schedule && shows(*schedule) && (!schedule_ || schedule->id == *schedule_);
    }
    // Returns whether shows() is true for every schedule that has runs. Checks each schedule.
    bool shows_all(const Store& store) const;
    // Returns whether the run passes what the filter says of runs. Its schedule is not looked at.
    bool matches(const Store& store, const Run& run) const;
    // Returns whether the run is in the list.
    bool lists(const Store& store, const Run& run) const;
    // Returns whether the filter needs more than the indexes have: schedule, pipeline, status and backfill.
    bool looks_at_runs() const { return created_from_ || created_to_ || last_run_failed_; }

    const std::optional<ScheduleId>& schedule() const { return schedule_; }
    const std::optional<std::int64_t>& backfill() const { return backfill_; }
    bool any_pipeline() const { return !pipelines_[0] && !pipelines_[1] && !pipelines_[2] && !pipelines_[3]; }
    bool any_status() const { return statuses_ == kEveryStatus; }
    bool wants_pipeline(Symbol uuid) const;
    bool wants_status(RunStatus status) const { return (statuses_ & 1u << static_cast<unsigned>(status)) != 0; }

    // Returns whether a later run can take a run from the list.
    bool last_run_failed() const { return last_run_failed_; }
    // The window of `created_at`, in microseconds.
    ListWindow window() const;

    // The same filter, limited to runs of these pipelines, or without the window.
    RunFilter among(std::vector<Symbol> pipelines) const;
    RunFilter without_window() const;
    // Appends a text that no other filter has.
    void append_key(std::string& out) const;

private:
    static constexpr std::uint8_t kEveryStatus = 0xff;

    Outcome read_timestamps(const Query& query);
    Outcome read_numbers(const Query& query);
    Outcome read_pipelines(const Call& call);
    Outcome read_statuses(const Query& query, Dialect dialect);
    bool is_last_of_its_date(const Store& store, const Run& run) const;

    std::string_view repo_path_;
    bool any_repo_path_ = false;
    const std::string* data_product_ = nullptr;
    std::optional<ScheduleId> schedule_;
    std::optional<std::int64_t> backfill_;
    std::optional<std::vector<Symbol>>
        pipelines_[4];                      // pipeline_uuid, pipeline_uuid[], pipeline_tag[], those of among()
    std::uint8_t statuses_ = kEveryStatus;  // a bit per RunStatus
    bool last_run_failed_ = false;
    MaybeInstant created_from_;
    MaybeInstant created_to_;
};

}  // namespace runsim::api
