#pragma once

#include <string_view>

#include "api/http_message.hpp"
#include "sim/world.hpp"

namespace runsim {

// What a world shows of itself beside the API: GET /__sim/project. Pause, speed and the rest of /__sim/clock are the
// host's own and never come here.

bool is_control(const api::Request& request);
api::Response control(const World& world, const api::Request& request);
// {"error": {"code": 400, "message": ..., "type": "record_invalid"}, "status": 400}
api::Response control_error(int status, std::string_view message);

}  // namespace runsim
