#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 6, 8.1, 8.2, 8.5
Status list_pipeline_runs(Call& call, std::string& out);
Status detail_pipeline_run(Call& call, std::string& out);
Status create_pipeline_run(Call& call, std::string& out);
Status update_pipeline_run(Call& call, std::string& out);
Status delete_pipeline_run(Call& call, std::string& out);

// http-api.md 8.6: both forms of the trigger
Status trigger_pipeline(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
