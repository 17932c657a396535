#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace runsim::api {

// Returns the token of an Authorization header as the trigger reads it (http-api.md 8.6): the first comma-separated
// piece that contains `bearer` in any case, without the words `Bearer ` and `bearer `. Blanks stay.
std::optional<std::string> bearer_token(std::string_view header);

}  // namespace runsim::api
