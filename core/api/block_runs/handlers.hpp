#pragma once

#include "api/calls/resource.hpp"
#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.6, 9
Outcome list_block_runs(Call& call, std::string& out);
Outcome create_block_run(Call& call, std::string& out);
Outcome update_block_run(Call& call, std::string& out);
Outcome delete_block_run(Call& call, std::string& out);

// The blocks of a pipeline (http-api.md 5.10).
Outcome find_block(Call& call);
Outcome list_blocks(Call& call, std::string& out);
Outcome detail_block(Call& call, std::string& out);
Outcome create_block(Call& call, std::string& out);
Outcome update_block(Call& call, std::string& out);
Outcome delete_block(Call& call, std::string& out);

// http-api.md 5.13
Outcome list_outputs(Call& call, std::string& out);

// http-api.md 8.7
Outcome run_block(const RoutedRequest& call, std::string& out);

}  // namespace runsim::api
