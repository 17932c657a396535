#include "api/schedules/schedule_attributes.hpp"

#include "base/contains.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kProperties[] = {
    "last_pipeline_run_status",
    "last_pipeline_run_status_project_platform",
    "pipeline",
    "pipeline_project_platform",
    "pipeline_in_progress_runs_count",
    "pipeline_in_progress_runs_count_project_platform",
    "pipeline_runs_count",
    "pipeline_runs_count_project_platform",
    "query",
    "repo_query",
    "repo_query_project_platform",
    "select",
    "session",
    "tag_associations",
    "timeout",
    "timeout_status",
};
constexpr std::string_view kRelationships[] = {"backfills", "event_matchers", "pipeline_runs"};
constexpr std::string_view kOthers[] = {
    "active_schedules",
    "create",
    "create_or_update",
    "create_or_update_batch",
    "current_execution_date",
    "delete",
    "fetch_latest_pipeline_runs_without_retries",
    "fetch_pipeline_runs",
    "full_clean",
    "get",
    "get_settings",
    "landing_time_enabled",
    "metadata",
    "next_execution_date",
    "recently_completed_pipeline_runs",
    "refresh",
    "registry",
    "runtime_average",
    "runtime_history",
    "save",
    "should_schedule",
    "to_dict",
    "to_dict_async",
    "update",
    "validate_name",
    "validate_schedule_interval",
};

}  // namespace

ScheduleAttribute schedule_attribute(std::string_view name) {
    if (contains(kProperties, name)) return ScheduleAttribute::property;
    if (contains(kRelationships, name)) return ScheduleAttribute::relationship;
    return contains(kOthers, name) ? ScheduleAttribute::other : ScheduleAttribute::none;
}

}  // namespace runsim::api
