#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.6, 9
Status list_block_runs(Call& call, std::string& out);
Status create_block_run(Call& call, std::string& out);
Status update_block_run(Call& call, std::string& out);
Status delete_block_run(Call& call, std::string& out);

// The blocks of a pipeline.
Status list_blocks(Call& call, std::string& out);

// http-api.md 8.7
Status run_block(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
