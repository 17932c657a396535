#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 4.3
Outcome create_session(Call& call, std::string& out);
Outcome update_session(Call& call, std::string& out);
Outcome delete_session(Call& call, std::string& out);
Outcome list_users(Call& call, std::string& out);
ResultOf<std::optional<Record>> find_user_record(const Instance& instance, std::string_view pk);
Outcome create_user(Call& call, std::string& out);
Outcome detail_user(Call& call, std::string& out);
Outcome update_user(Call& call, std::string& out);

// http-api.md 5.12
ResultOf<std::optional<Record>> find_secret(const Instance& instance, std::string_view pk);
Outcome list_secrets(Call& call, std::string& out);
Outcome create_secret(Call& call, std::string& out);
Outcome update_secret(Call& call, std::string& out);
Outcome delete_secret(Call& call, std::string& out);

}  // namespace runsim::api
