#pragma once

#include <string>
#include <vector>

#include "api/errors/failure.hpp"

namespace runsim::api {

// The call stack that the internal-error envelope shows (http-api.md 3.4): that of the real server's error handler, and
// therefore the same for every error. Files and functions are the real server's; of the source lines there is only the
// place.
const std::vector<std::string>& handler_stack();

// A traceback that ends in "<class>: <text>\n".
std::string traceback_of(const Exception& exception);

}  // namespace runsim::api
