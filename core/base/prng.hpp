#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace runsim {

// A stable 64-bit hash of bytes, the same on every machine and build. Not for secrets.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0);

// xoshiro256++, seeded by splitmix64. Integers only: the same numbers natively and in every browser.
class Prng {
public:
    Prng() : Prng(0) {}
    explicit Prng(std::uint64_t seed);

    // A separate stream for one purpose: drawing from it never shifts another. The same key gives the same stream.
    static Prng fork(std::uint64_t seed, std::string_view purpose, std::uint64_t a = 0, std::uint64_t b = 0);

    std::uint64_t next();
    // Uniform in 0 .. bound - 1, without bias. `bound` is at least 1.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in low .. high, both included. low <= high.
    std::int64_t between(std::int64_t low, std::int64_t high);

    const std::array<std::uint64_t, 4>& state() const { return state_; }
    // `state` comes from state(): it is not all zeros.
    static Prng from_state(const std::array<std::uint64_t, 4>& state);
    friend bool operator==(const Prng&, const Prng&) = default;

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace runsim
