#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// Returns the name in `known` that `written` was probably meant to be, or "".
std::string_view nearest(std::string_view written, const std::vector<std::string_view>& known);
// `no such key; did you mean "duration"?`, or, if none is similar, `no such key (there are: a, b, c)`.
std::string no_such_key(std::string_view written, const std::vector<std::string_view>& known);
// "a, b, c"; after a dozen only the number of further names; "none" for an empty list.
std::string listed(const std::vector<std::string_view>& names);

}  // namespace runsim
