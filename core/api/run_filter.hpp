#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/call.hpp"

namespace runsim::api {

// Which runs a LIST shows (http-api.md 6.1, 6.2, 6.4). An engaged filter that holds nothing lets no run through.
class RunFilter {
public:
    // Reads query and parent. Errors in the order in which the real server meets them: timestamps, numbers, then what the database refuses.
    static ResultOf<RunFilter> read(const Call& call);

    // Whether the run's schedule may be shown: project and data product (6.1). A run without a schedule never is.
    bool shows(const Schedule& schedule) const;
    // Whether shows() holds for every schedule that has runs. Costs a look at each schedule.
    bool shows_all(const Store& store) const;
    bool matches(const Store& store, const Run& run) const;
    // Whether nothing but the schedule is asked for, so that the store's own order is the answer.
    bool only_schedule() const;

    const std::optional<ScheduleId>& schedule() const { return schedule_; }

private:
    static constexpr std::uint8_t kEveryStatus = 0xff;

    Status read_timestamps(const Query& query);
    Status read_numbers(const Query& query);
    Status read_pipelines(const Call& call);
    Status read_statuses(const Query& query, Dialect dialect);
    bool is_last_of_its_date(const Store& store, const Run& run) const;

    std::string_view repo_path_;
    bool any_repo_path_ = false;
    const std::string* data_product_ = nullptr;
    std::optional<ScheduleId> schedule_;
    std::optional<std::int64_t> backfill_;
    std::optional<std::vector<Symbol>> pipelines_[3];  // pipeline_uuid, pipeline_uuid[], pipeline_tag[]
    std::uint8_t statuses_ = kEveryStatus;             // a bit per RunStatus
    bool last_run_failed_ = false;
    MaybeInstant created_from_;
    MaybeInstant created_to_;
};

}  // namespace runsim::api
