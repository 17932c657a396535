#pragma once

#include <string>
#include <string_view>

#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A role as the real server's tables have it: its row, and how it counts what the role may do.
struct RoleFacts {
    std::string_view name;
    std::int64_t id;
    std::int64_t access;
};
RoleFacts facts_of(Role role);
// none: no role has that id.
std::optional<Role> role_of_id(std::int64_t id);

// When the roles were made, a moment before the server began. In the style of models.
std::string roles_date(const Instance& instance);

}  // namespace runsim::api
