#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// Cuts a date that somebody wrote into words, numbers ("10", "5.25"), single blanks and single other characters, as
// python-dateutil does: letters and digits run together, a dot joins them where it can be a decimal point
// ("4:30:21.447") and is a piece of its own where it cannot ("Sep.20.2009"). Digits of other scripts become ASCII. None
// when a character stands in the text that can be part of no date.
std::optional<std::vector<std::string>> date_tokens(std::string_view text);

}  // namespace runsim
