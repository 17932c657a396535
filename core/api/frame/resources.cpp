#include "api/frame/resources.hpp"

namespace runsim::api {

namespace {

constexpr std::string_view kRunDates[] = {"execution_date"};
constexpr std::string_view kScheduleDates[] = {"start_time"};
constexpr std::string_view kBackfillDates[] = {"start_datetime", "end_datetime"};

constexpr Resource kResources[] = {
    {.class_name = "PipelineRun",
     .plural = "pipeline_runs",
     .date_keys = kRunDates,
     .find = find_pipeline_run,
     .list = list_pipeline_runs,
     .detail = detail_pipeline_run,
     .create = create_pipeline_run,
     .update = update_pipeline_run,
     .remove = delete_pipeline_run},
    {.class_name = "PipelineSchedule",
     .plural = "pipeline_schedules",
     .date_keys = kScheduleDates,
     .find = find_pipeline_schedule,
     .list = list_pipeline_schedules,
     .detail = detail_pipeline_schedule,
     .create = create_pipeline_schedule,
     .update = update_pipeline_schedule,
     .remove = delete_pipeline_schedule},
    {.class_name = "BlockRun",
     .plural = "block_runs",
     .date_keys = {},
     .find = find_block_run,
     .list = list_block_runs,
     .create = create_block_run,
     .update = update_block_run,
     .remove = delete_block_run},
    {.class_name = "Backfill",
     .plural = "backfills",
     .date_keys = kBackfillDates,
     .find = find_backfill,
     .list = list_backfills,
     .detail = detail_backfill,
     .create = create_backfill,
     .update = update_backfill,
     .remove = delete_backfill},
    {.class_name = "Pipeline",
     .plural = "pipelines",
     .date_keys = {},
     .find = find_pipeline,
     .list = list_pipelines,
     .detail = detail_pipeline,
     .create = create_pipeline,
     .update = update_pipeline,
     .remove = delete_pipeline},
    {.class_name = "Status", .plural = "statuses", .date_keys = {}, .list = list_statuses, .create = create_status},
    {.class_name = "Scheduler",
     .plural = "schedulers",
     .date_keys = {},
     .list = list_schedulers,
     .create = create_scheduler},
    {.class_name = "Log", .plural = "logs", .date_keys = {}, .list = list_logs},
    {.class_name = "Session",
     .plural = "sessions",
     .date_keys = {},
     .create = create_session,
     .update = update_session,
     .remove = delete_session},
    {.class_name = "User",
     .plural = "users",
     .date_keys = {},
     .find = find_user_record,
     .list = list_users,
     .detail = detail_user,
     .create = create_user,
     .update = update_user,
     .remove = not_simulated},
    {.class_name = "PipelineTrigger",
     .plural = "pipeline_triggers",
     .date_keys = {},
     .list = list_pipeline_triggers,
     .create = create_pipeline_trigger,
     .update = not_simulated,
     .remove = not_simulated},
    {.class_name = "Project",
     .plural = "projects",
     .date_keys = {},
     .list = list_projects,
     .create = not_simulated,
     .update = update_project,
     .remove = delete_project},
    {.class_name = "Tag",
     .plural = "tags",
     .date_keys = {},
     .list = list_tags,
     .create = not_simulated,
     .update = not_simulated,
     .remove = not_simulated},
    {.class_name = "Variable",
     .plural = "variables",
     .date_keys = {},
     .list = list_variables,
     .create = create_variable,
     .update = update_variable,
     .remove = delete_variable},
    {.class_name = "Secret",
     .plural = "secrets",
     .date_keys = {},
     .find = find_secret,
     .list = list_secrets,
     .create = create_secret,
     .update = update_secret,
     .remove = delete_secret},
    {.class_name = "Kernel", .plural = "kernels", .date_keys = {}, .list = list_kernels, .update = update_kernel},
    {.class_name = "CustomTemplate",
     .plural = "custom_templates",
     .date_keys = {},
     .list = list_templates,
     .detail = show_template,
     .create = not_simulated,
     .update = not_simulated,
     .remove = not_simulated},
    {.class_name = "Block",
     .plural = "blocks",
     .date_keys = {},
     .look_up = find_block,
     .list = list_blocks,
     .detail = detail_block,
     .create = create_block,
     .update = update_block,
     .remove = delete_block},
    {.class_name = "Output",
     .plural = "outputs",
     .date_keys = {},
     .list = list_outputs,
     .detail = not_simulated,
     .create = not_simulated,
     .update = not_simulated,
     .remove = not_simulated},
    {.class_name = "ClientPage",
     .plural = "client_pages",
     .date_keys = {},
     .list = list_client_pages,
     .detail = show_client_page,
     .create = not_simulated,
     .update = show_client_page,
     .remove = show_client_page},
    {.class_name = "MonitorStat",
     .plural = "monitor_stats",
     .date_keys = {},
     .detail = show_monitor_stat,
     .create = not_simulated,
     .update = show_monitor_stat,
     .remove = show_monitor_stat},
    {.class_name = "GitBranch",
     .plural = "git_branches",
     .date_keys = {},
     .list = list_nothing,
     .detail = show_git_branch,
     .create = not_simulated,
     .update = show_git_branch,
     .remove = show_git_branch},
    {.class_name = "CustomDesign",
     .plural = "custom_designs",
     .date_keys = {},
     .list = list_nothing,
     .detail = show_custom_design,
     .create = not_simulated,
     .update = show_custom_design,
     .remove = show_custom_design},
    {.class_name = "Oauth",
     .plural = "oauths",
     .date_keys = {},
     .list = list_nothing,
     .detail = refuse_provider,
     .create = refuse_provider,
     .update = refuse_provider,
     .remove = refuse_provider},
};

}  // namespace

std::string_view name_of(Action action) {
    static constexpr std::string_view kNames[] = {"list", "detail", "create", "update", "delete"};
    return kNames[static_cast<std::size_t>(action)];
}

Handler Resource::handler(Action action) const {
    switch (action) {
        case Action::list: return list;
        case Action::detail: return detail;
        case Action::create: return create;
        case Action::update: return update;
        case Action::remove: return remove;
    }
    return nullptr;
}

const Resource* find_resource(std::string_view class_name) {
    for (const Resource& resource : kResources)
        if (resource.class_name == class_name) return &resource;
    return nullptr;
}

const Resource* find_resource_by_plural(std::string_view plural) {
    for (const Resource& resource : kResources)
        if (resource.plural == plural) return &resource;
    return nullptr;
}

}  // namespace runsim::api
