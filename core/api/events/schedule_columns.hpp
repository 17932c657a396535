#pragma once

#include <string>

#include "store/store.hpp"

namespace runsim::api {

// A schedule's columns in their raw order (http-api.md 5.2), as a JSON object.
void append_schedule_columns(std::string& out, const Store& store, const Schedule& schedule);

}  // namespace runsim::api
