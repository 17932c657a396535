#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What the routes below /__sim see of a world. The clock, snapshots and streams are the host's: requests for them never
// come here.
struct SimWorld {
    Instance& instance;
    const std::vector<std::string>& notes;  // World::notes()
};

bool is_sim_request(const api::Request& request);
api::Response answer_sim_request(const SimWorld& world, const api::Request& request);

}  // namespace runsim
