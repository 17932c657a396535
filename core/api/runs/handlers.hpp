#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 6, 8.1, 8.2, 8.5
Outcome list_pipeline_runs(Call& call, std::string& out);
Outcome detail_pipeline_run(Call& call, std::string& out);
Outcome create_pipeline_run(Call& call, std::string& out);
Outcome update_pipeline_run(Call& call, std::string& out);
Outcome delete_pipeline_run(Call& call, std::string& out);

// http-api.md 8.6: both forms of the trigger
Outcome trigger_pipeline(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
