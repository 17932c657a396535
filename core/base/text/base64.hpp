#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace runsim {

// The base64 text of bytes, padded with `=` (RFC 4648).
std::string base64(std::string_view bytes);
// The same with the digits that URLs allow, without padding.
std::string base64_url(std::string_view bytes);
// Reads both, padded or not. Returns nullopt if the text has any other character, or bits that belong to no byte.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace runsim
