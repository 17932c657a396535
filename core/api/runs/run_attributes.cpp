#include "api/runs/run_attributes.hpp"

#include "base/contains.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kProperties[] = {
    "block_runs_count",
    "completed_block_runs",
    "completed_block_runs_count",
    "execution_partition",
    "failed_block_runs",
    "initial_block_runs",
    "logs",
    "pipeline",
    "pipeline_project_platform",
    "pipeline_schedule_name",
    "pipeline_schedule_token",
    "pipeline_schedule_type",
    "pipeline_tags",
    "pipeline_type",
    "queued_or_running_block_runs",
    "repo_path",
    "running_block_runs",
};
constexpr std::string_view kMethods[] = {
    "active_runs_for_pipelines",
    "active_runs_for_pipelines_grouped",
    "all_blocks_completed",
    "any_blocks_failed",
    "batch_delete",
    "batch_update_status",
    "complete",
    "create",
    "create_block_run",
    "create_block_runs",
    "delete",
    "executable_block_runs",
    "full_clean",
    "get_block_run",
    "get_block_runs_by_status",
    "get_variables",
    "in_progress_runs",
    "is_finished",
    "logs_async",
    "recently_completed_pipeline_runs",
    "refresh",
    "save",
    "select",
    "to_dict",
    "to_dict_async",
    "update",
    "update_block_run_statuses",
    "update_status",
};
constexpr std::string_view kRelationships[] = {"backfill", "block_runs", "pipeline_schedule"};
constexpr std::string_view kOthers[] = {"PipelineRunStatus", "metadata", "query", "registry", "session"};

}  // namespace

RunAttribute run_attribute(std::string_view name) {
    if (contains(kProperties, name)) return RunAttribute::property;
    if (contains(kMethods, name)) return RunAttribute::method;
    if (contains(kRelationships, name)) return RunAttribute::relationship;
    return contains(kOthers, name) ? RunAttribute::other : RunAttribute::none;
}

}  // namespace runsim::api
