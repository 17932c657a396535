#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 4.3
Status create_session(Call& call, std::string& out);
Status update_session(Call& call, std::string& out);
Status delete_session(Call& call, std::string& out);
Status list_users(Call& call, std::string& out);
Status create_user(Call& call, std::string& out);

}  // namespace runsim::api
