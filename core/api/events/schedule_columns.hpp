#pragma once

#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// A schedule's columns in their raw order (http-api.md 5.2), as a JSON object.
void append_schedule_columns(std::string& out, const Instance& instance, const Schedule& schedule);

}  // namespace runsim::api
