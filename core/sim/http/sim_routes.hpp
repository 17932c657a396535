#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// The parts of a world that the routes below /__sim use. The host handles the clock, snapshots and streams: requests
// for them never reach the core.
struct SimWorld {
    Instance& instance;
    const std::vector<std::string>& notes;  // World::notes()
};

bool is_sim_request(const api::Request& request);
api::Response answer_sim_request(const SimWorld& world, const api::Request& request);

}  // namespace runsim
