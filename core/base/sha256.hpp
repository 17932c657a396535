#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace runsim {

// SHA-256 of bytes, and its HMAC under a key: 32 bytes each. They sign JSON web tokens, and stand for passwords. They
// are not hardened against timing attacks.
using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);

inline std::string_view bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace runsim
