#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace runsim {

// SHA-256 of bytes, and the code that HMAC makes of it under a key: 32 bytes each. They sign what the API hands out
// (JSON web tokens); they are not hardened against an onlooker who measures time.
using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);

// The URL-safe base64 text of bytes, without `=` at its end.
std::string base64_url(std::string_view bytes);
inline std::string base64_url(const Digest& digest) {
    return base64_url(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace runsim
