#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 4.3
Outcome create_session(Call& call, std::string& out);
Outcome update_session(Call& call, std::string& out);
Outcome delete_session(Call& call, std::string& out);
Outcome list_users(Call& call, std::string& out);
Outcome create_user(Call& call, std::string& out);

}  // namespace runsim::api
