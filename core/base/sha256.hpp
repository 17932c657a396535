#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace runsim {

// SHA-256 of bytes, and its HMAC under a key: 32 bytes each. They sign JSON web tokens. They are not hardened against
// timing attacks.
using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);

// Returns the URL-safe base64 text of bytes, without trailing `=`.
std::string base64_url(std::string_view bytes);
inline std::string base64_url(const Digest& digest) {
    return base64_url(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace runsim
