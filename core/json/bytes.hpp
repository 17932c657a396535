#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace runsim::json {

// Looks at eight bytes of a text at a time: `stop_mask` marks with its top bits the bytes that need a closer look. It
// may also mark a harmless byte above a marked one, but misses none.
inline constexpr std::uint64_t kEachByte = 0x0101010101010101;
inline constexpr std::uint64_t kTopBits = kEachByte * 0x80;

constexpr std::uint64_t equal_bytes(std::uint64_t eight, char byte) {
    const std::uint64_t difference = eight ^ (kEachByte * static_cast<unsigned char>(byte));
    return (difference - kEachByte) & ~difference;
}
constexpr std::uint64_t bytes_below(std::uint64_t eight, unsigned char limit) {
    return (eight - kEachByte * limit) & ~eight;
}

// Counts the plain bytes at the front of `text`. `stop_mask` tests eight of them at once, `is_plain` one.
template <class StopMask, class IsPlain>
std::size_t plain_prefix(std::string_view text, StopMask stop_mask, IsPlain is_plain) {
    std::size_t at = 0;
    for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((stop_mask(eight) & kTopBits) != 0) break;
    }
    while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
    return at;
}

}  // namespace runsim::json
