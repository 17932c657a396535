#include "api/resources.hpp"

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
     .update = update_pipeline},
    {.class_name = "Status", .plural = "statuses", .date_keys = {}, .list = list_statuses, .create = create_status},
    {.class_name = "Scheduler", .plural = "schedulers", .date_keys = {}, .list = list_schedulers, .create = create_scheduler},
    {.class_name = "Log", .plural = "logs", .date_keys = {}, .list = list_logs},
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

}  // namespace runsim::api
