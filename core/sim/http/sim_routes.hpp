#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim {

// What a world shows of itself below /__sim, beside the API. The clock, snapshots and streams are the host's: requests
// for them never come here.
struct ShownWorld {
    const Instance& instance;
    const std::vector<std::string>& notes;  // World::notes()
};

bool is_sim_request(const api::Request& request);
api::Response answer_sim_request(const ShownWorld& world, const api::Request& request);
// {"error": {"code": 400, "message": ..., "type": "record_invalid"}, "status": 400}
api::Response sim_error(int status, std::string_view message);

}  // namespace runsim
