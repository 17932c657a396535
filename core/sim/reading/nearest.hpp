#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// The name among `known` that `written` was probably meant to be, or "".
std::string_view nearest(std::string_view written, const std::vector<std::string_view>& known);
// `no such key; did you mean "duration"?`, or, where none is near, `no such key (there are: a, b, c)`.
std::string no_such_key(std::string_view written, const std::vector<std::string_view>& known);
// "a, b, c", after a dozen only how many more there are; "none" for an empty list.
std::string listed(const std::vector<std::string_view>& names);

}  // namespace runsim
