#include "base/text/base64.hpp"

#include <cstddef>
#include <cstdint>

namespace runsim {

namespace {

// 62 letters and digits, then the two that differ.
std::string encoded(std::string_view bytes, std::string_view last_two) {
    static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const auto digit = [&](std::uint32_t value) { return value < 62 ? kDigits[value] : last_two[value - 62]; };
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<std::uint8_t>(c);
        count += 8;
        for (; count >= 6; count -= 6) text += digit(bits >> (count - 6) & 63);
    }
    if (count > 0) text += digit(bits << (6 - count) & 63);
    return text;
}

// Returns -1 for a character that is no digit.
int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-' || c == '+') return 62;
    return c == '_' || c == '/' ? 63 : -1;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text = encoded(bytes, "+/");
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::string base64_url(std::string_view bytes) { return encoded(bytes, "-_"); }

std::optional<std::string> from_base64(std::string_view text) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int digit = value_of(c);
        if (digit < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xff);
    }
    if (count >= 6 || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace runsim
