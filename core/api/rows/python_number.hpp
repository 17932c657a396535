#pragma once

#include <string_view>

namespace runsim::api {

// Returns whether Python's float() accepts a text: digits with underscores between them, a point, an exponent, a sign,
// nan and inf in any case, blanks around it. ASCII digits only.
bool is_python_float(std::string_view text);

}  // namespace runsim::api
