#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runsim {

// Cuts a written date into words, numbers ("10", "5.25"), single blanks and other single characters, as python-dateutil
// does. Letters and digits form separate tokens. A dot joins them where it can be a decimal point ("4:30:21.447"), and
// is a token where it cannot ("Sep.20.2009"). Digits of other scripts become ASCII. Returns nullopt if the text has a
// character that no date can contain.
std::optional<std::vector<std::string>> date_tokens(std::string_view text);

}  // namespace runsim
