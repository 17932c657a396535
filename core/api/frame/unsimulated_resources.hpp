#pragma once

#include <string_view>

namespace runsim::api {

// Returns whether the real server has a resource of that class that runsim does not simulate.
bool is_unsimulated(std::string_view class_name);

}  // namespace runsim::api
