#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.9
Outcome list_statuses(Call& call, std::string& out);
Outcome create_status(Call& call, std::string& out);
Outcome list_schedulers(Call& call, std::string& out);
Outcome create_scheduler(Call& call, std::string& out);
Outcome list_logs(Call& call, std::string& out);

// Used only by the real server's user interface.
Outcome list_projects(Call& call, std::string& out);
Outcome update_project(Call& call, std::string& out);
Outcome delete_project(Call& call, std::string& out);
Outcome list_tags(Call& call, std::string& out);
Outcome list_kernels(Call& call, std::string& out);
Outcome update_kernel(Call& call, std::string& out);
Outcome list_client_pages(Call& call, std::string& out);
Outcome show_client_page(Call& call, std::string& out);    // DETAIL, UPDATE, DELETE
Outcome show_monitor_stat(Call& call, std::string& out);   // likewise
Outcome show_git_branch(Call& call, std::string& out);     // likewise
Outcome show_custom_design(Call& call, std::string& out);  // likewise
Outcome list_nothing(Call& call, std::string& out);
Outcome list_templates(Call& call, std::string& out);
Outcome show_template(Call& call, std::string& out);
Outcome refuse_provider(Call& call, std::string& out);

// http-api.md 5.11
Outcome list_variables(Call& call, std::string& out);
Outcome create_variable(Call& call, std::string& out);
Outcome update_variable(Call& call, std::string& out);
Outcome delete_variable(Call& call, std::string& out);

// The output of a block as a file. The frame sets the headers.
Outcome download_block_output(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
