#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/resource.hpp"

// The functions that answer for the generic resources: what the table in resources.cpp is made of. Contracts: Handler
// and Finder.
namespace runsim::api {

// Records by the text in a path (record_id.cpp, pipelines.cpp).
ResultOf<std::optional<Record>> find_pipeline_run(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_pipeline_schedule(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_block_run(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_backfill(const Instance& instance, std::string_view pk);
ResultOf<std::optional<Record>> find_pipeline(const Instance& instance, std::string_view pk);

// http-api.md 6, 8.1, 8.2, 8.5
Status list_pipeline_runs(Call& call, std::string& out);
Status detail_pipeline_run(Call& call, std::string& out);
Status create_pipeline_run(Call& call, std::string& out);
Status update_pipeline_run(Call& call, std::string& out);
Status delete_pipeline_run(Call& call, std::string& out);

// http-api.md 5.4, 7
Status list_pipeline_schedules(Call& call, std::string& out);
Status detail_pipeline_schedule(Call& call, std::string& out);
Status create_pipeline_schedule(Call& call, std::string& out);
Status update_pipeline_schedule(Call& call, std::string& out);
Status delete_pipeline_schedule(Call& call, std::string& out);

// http-api.md 5.6, 9
Status list_block_runs(Call& call, std::string& out);
Status create_block_run(Call& call, std::string& out);
Status update_block_run(Call& call, std::string& out);
Status delete_block_run(Call& call, std::string& out);

// http-api.md 10
Status list_backfills(Call& call, std::string& out);
Status detail_backfill(Call& call, std::string& out);
Status create_backfill(Call& call, std::string& out);
Status update_backfill(Call& call, std::string& out);
Status delete_backfill(Call& call, std::string& out);

// http-api.md 5.9, 7.5, 8.3
Status list_pipelines(Call& call, std::string& out);
Status detail_pipeline(Call& call, std::string& out);
Status create_pipeline(Call& call, std::string& out);
Status update_pipeline(Call& call, std::string& out);
Status delete_pipeline(Call& call, std::string& out);

// http-api.md 5.9
Status list_statuses(Call& call, std::string& out);
Status create_status(Call& call, std::string& out);
Status list_schedulers(Call& call, std::string& out);
Status create_scheduler(Call& call, std::string& out);
Status list_logs(Call& call, std::string& out);

// http-api.md 4.3
Status create_session(Call& call, std::string& out);
Status update_session(Call& call, std::string& out);
Status delete_session(Call& call, std::string& out);
Status list_users(Call& call, std::string& out);
Status create_user(Call& call, std::string& out);

// http-api.md 9
Status list_pipeline_triggers(Call& call, std::string& out);
Status create_pipeline_trigger(Call& call, std::string& out);

// What only the real server's user interface asks for.
Status list_projects(Call& call, std::string& out);
Status update_project(Call& call, std::string& out);
Status delete_project(Call& call, std::string& out);
Status list_tags(Call& call, std::string& out);
Status list_variables(Call& call, std::string& out);
Status list_blocks(Call& call, std::string& out);
Status list_client_pages(Call& call, std::string& out);
Status show_client_page(Call& call, std::string& out);    // DETAIL, UPDATE, DELETE
Status show_monitor_stat(Call& call, std::string& out);   // likewise
Status show_git_branch(Call& call, std::string& out);     // likewise
Status show_custom_design(Call& call, std::string& out);  // likewise
Status list_nothing(Call& call, std::string& out);
Status refuse_provider(Call& call, std::string& out);
// An error that says so: the real server performs the action, runsim does not.
Status not_simulated(Call& call, std::string& out);

}  // namespace runsim::api
