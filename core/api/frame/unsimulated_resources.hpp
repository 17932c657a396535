#pragma once

#include <string_view>

namespace runsim::api {

// Whether the real server has a resource of that class which there is no simulation of.
bool is_unsimulated(std::string_view class_name);

}  // namespace runsim::api
