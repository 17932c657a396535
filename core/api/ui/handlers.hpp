#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.9
Status list_statuses(Call& call, std::string& out);
Status create_status(Call& call, std::string& out);
Status list_schedulers(Call& call, std::string& out);
Status create_scheduler(Call& call, std::string& out);
Status list_logs(Call& call, std::string& out);

// What only the real server's user interface asks for.
Status list_projects(Call& call, std::string& out);
Status update_project(Call& call, std::string& out);
Status delete_project(Call& call, std::string& out);
Status list_tags(Call& call, std::string& out);
Status list_variables(Call& call, std::string& out);
Status list_client_pages(Call& call, std::string& out);
Status show_client_page(Call& call, std::string& out);    // DETAIL, UPDATE, DELETE
Status show_monitor_stat(Call& call, std::string& out);   // likewise
Status show_git_branch(Call& call, std::string& out);     // likewise
Status show_custom_design(Call& call, std::string& out);  // likewise
Status list_nothing(Call& call, std::string& out);
Status refuse_provider(Call& call, std::string& out);
// An error that says so: the real server performs the action, runsim does not.
Status not_simulated(Call& call, std::string& out);

// The output of a block as a file; headers are the frame's.
Status download_block_output(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
