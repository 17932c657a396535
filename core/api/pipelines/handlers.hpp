#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 5.9, 7.5, 8.3
Outcome list_pipelines(Call& call, std::string& out);
Outcome detail_pipeline(Call& call, std::string& out);
Outcome create_pipeline(Call& call, std::string& out);
Outcome update_pipeline(Call& call, std::string& out);
Outcome delete_pipeline(Call& call, std::string& out);

}  // namespace runsim::api
