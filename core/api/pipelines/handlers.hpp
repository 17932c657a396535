#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 5.9, 7.5, 8.3
Status list_pipelines(Call& call, std::string& out);
Status detail_pipeline(Call& call, std::string& out);
Status create_pipeline(Call& call, std::string& out);
Status update_pipeline(Call& call, std::string& out);
Status delete_pipeline(Call& call, std::string& out);

}  // namespace runsim::api
