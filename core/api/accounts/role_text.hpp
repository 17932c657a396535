#pragma once

#include <string>
#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A role as the real server's tables have it: its row, and its number for the permissions of the role.
struct RoleFacts {
    std::string_view name;
    std::int64_t id;
    std::int64_t access;
};
RoleFacts facts_of(Role role);
// nullopt: no role has that id.
std::optional<Role> role_of_id(std::int64_t id);

// The creation date of the roles, shortly before the server started. In the style of models.
std::string roles_date(const Instance& instance);

}  // namespace runsim::api
