#pragma once

#include <string>

#include "store/store.hpp"

namespace runsim::support {

// What the indexes of a store say otherwise than a scan of its tables does, a line each; "" when they agree.
std::string index_errors(const Store& store);

}  // namespace runsim::support
