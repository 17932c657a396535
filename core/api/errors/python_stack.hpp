#pragma once

#include <string>
#include <vector>

#include "api/errors/failure.hpp"

namespace runsim::api {

// The call stack in the internal-error envelope (http-api.md 3.4). It is that of the real server's error handler, and
// therefore the same for every error. Files and functions are the real server's; source lines are replaced by their
// position.
const std::vector<std::string>& handler_stack();

// A traceback that ends in "<class>: <text>\n".
std::string traceback_of(const Exception& exception);

}  // namespace runsim::api
