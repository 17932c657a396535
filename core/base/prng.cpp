#include "base/prng.hpp"

#include <bit>

#include "base/assert.hpp"

namespace runsim {
namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;

// splitmix64's last step: every bit of the input changes about half of the output's.
constexpr std::uint64_t avalanche(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

constexpr std::uint64_t absorb(std::uint64_t hash, std::uint64_t word) {
    return std::rotl(hash ^ avalanche(word + kGolden), 23) * 0xd6e8feb86659fd93;
}

std::uint64_t load_little_endian(std::string_view bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

struct Product {
    std::uint64_t high;
    std::uint64_t low;
};

// 64 x 64 -> 128 bits in halves: C++ has no 128-bit type.
constexpr Product multiply(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t a_low = a & 0xffffffff, a_high = a >> 32;
    const std::uint64_t b_low = b & 0xffffffff, b_high = b >> 32;
    const std::uint64_t low = a_low * b_low;
    const std::uint64_t cross = a_high * b_low + (low >> 32);
    const std::uint64_t middle = a_low * b_high + (cross & 0xffffffff);
    return {a_high * b_high + (cross >> 32) + (middle >> 32), (middle << 32) | (low & 0xffffffff)};
}

}  // namespace

std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = absorb(seed, bytes.size());
    while (bytes.size() >= 8) {
        hash = absorb(hash, load_little_endian({bytes.data(), 8}));  // a length that compilers know: one load
        bytes.remove_prefix(8);
    }
    if (!bytes.empty()) hash = absorb(hash, load_little_endian(bytes));
    return avalanche(hash);
}

Prng::Prng(std::uint64_t seed) : state_{} {
    for (auto& word : state_) {
        seed += kGolden;
        word = avalanche(seed);
    }
}

Prng Prng::fork(std::uint64_t seed, std::string_view purpose, std::uint64_t a, std::uint64_t b) {
    return Prng(avalanche(absorb(absorb(stable_hash(purpose, seed), a), b)));
}

std::uint64_t Prng::next() {
    auto& s = state_;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return result;
}

// The high half of draw * bound is uniform if draws whose low half is below 2^64 mod bound are rejected.
std::uint64_t Prng::below(std::uint64_t bound) {
    RUNSIM_ASSERT(bound >= 1, "a bound of at least 1");
    Product product = multiply(next(), bound);
    if (product.low < bound) [[unlikely]] {
        const std::uint64_t uneven = (0 - bound) % bound;
        while (product.low < uneven) product = multiply(next(), bound);
    }
    return product.high;
}

std::int64_t Prng::between(std::int64_t low, std::int64_t high) {
    RUNSIM_ASSERT(low <= high, "low <= high");
    const std::uint64_t span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t offset = span == UINT64_MAX ? next() : below(span + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

Prng Prng::from_state(const std::array<std::uint64_t, 4>& state) {
    RUNSIM_ASSERT(state != (std::array<std::uint64_t, 4>{}), "a state that next() can leave");
    Prng prng;
    prng.state_ = state;
    return prng;
}

}  // namespace runsim
