#include "base/prng.hpp"

#include <array>
#include <limits>
#include <string>

#include "support/catch.hpp"
#include "support/pick.hpp"

using namespace runsim;

namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

template <std::size_t n>
std::array<std::uint64_t, n> draw(Prng prng) {
    std::array<std::uint64_t, n> out{};
    for (auto& word : out) word = prng.next();
    return out;
}

}  // namespace

TEST_CASE("the numbers are those of xoshiro256++") {
    CHECK(draw<6>(Prng::from_state({1, 2, 3, 4})) ==
          std::array<std::uint64_t, 6>{41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205u,
                                       9973669472204895162u});
}

TEST_CASE("a seed is spread by splitmix64") {
    CHECK(Prng(0).state() ==
          std::array<std::uint64_t, 4>{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec});
    struct Case {
        std::uint64_t seed;
        std::array<std::uint64_t, 4> numbers;
    };
    static constexpr Case kCases[] = {
        {0, {0x53175d61490b23df, 0x61da6f3dc380d507, 0x5c0fdf91ec9a7bfc, 0x02eebf8c3bbe5e1a}},
        {1, {0xcfc5d07f6f03c29b, 0xbf424132963fe08d, 0x19a37d5757aaf520, 0xbf08119f05cd56d6}},
        {42, {0xd0764d4f4476689f, 0x519e4174576f3791, 0xfbe07cfb0c24ed8c, 0xb37d9f600cd835b8}},
        {kMax, {0x56ccf8ce948e27b2, 0xe68588432e5a5b90, 0xe3e9b5a48119ca8b, 0x460f19495532ae73}},
    };
    for (const Case& c : kCases) {
        CAPTURE(c.seed);
        CHECK(draw<4>(Prng(c.seed)) == c.numbers);
    }
}

TEST_CASE("numbers below a bound are known, in range and even") {
    Prng prng(42);
    std::string dice;
    for (int i = 0; i < 12; ++i) dice += static_cast<char>('0' + prng.below(6));
    CHECK(dice == "415443031535");
    // About half of all draws are thrown away at this bound.
    constexpr std::uint64_t kHalf = (std::uint64_t{1} << 63) + 1;
    CHECK(prng.below(kHalf) == 6271952665884413388u);
    CHECK(prng.below(kHalf) == 641305402342672094u);
    CHECK(prng.below(kHalf) == 3717695011637719134u);
    CHECK(prng.below(1) == 0);

    constexpr int kDraws = 60'000;
    std::array<int, 6> counts{};
    for (int i = 0; i < kDraws; ++i) ++counts.at(pick(prng, 6));
    for (const int count : counts) CHECK(std::abs(count - kDraws / 6) < 400);  // 4.4 standard deviations
}

TEST_CASE("between includes both ends, over all 64 bits too") {
    Prng prng(3);
    bool low = false;
    bool high = false;
    for (int i = 0; i < 200; ++i) {
        const std::int64_t value = prng.between(-2, 2);
        REQUIRE(-2 <= value);
        REQUIRE(value <= 2);
        low = low || value == -2;
        high = high || value == 2;
    }
    CHECK(low);
    CHECK(high);
    CHECK(prng.between(5, 5) == 5);
    Prng same = prng;
    const std::uint64_t whole = same.next() + (std::uint64_t{1} << 63);
    CHECK(prng.between(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()) ==
          static_cast<std::int64_t>(whole));
}

TEST_CASE("a fork is a stream of its own: the same key gives the same, any other key another") {
    CHECK(draw<2>(Prng::fork(42, "durations")) == std::array<std::uint64_t, 2>{0xaa6ff73bd56818c5, 0xf9ce8f34cd0e765a});
    CHECK(draw<2>(Prng::fork(42, "durations", 1, 2)) ==
          std::array<std::uint64_t, 2>{0xc7e76742682a47dc, 0x3ee49e9879586e04});
    const auto first = Prng::fork(42, "durations", 1, 2);
    CHECK(first == Prng::fork(42, "durations", 1, 2));
    for (const Prng& other : {Prng::fork(43, "durations", 1, 2), Prng::fork(42, "duration", 1, 2),
                              Prng::fork(42, "durations", 2, 1), Prng::fork(42, "durations", 1, 3), Prng(42)}) {
        CHECK_FALSE(first == other);
    }
}

TEST_CASE("the stable hash is the same on every machine") {
    struct Case {
        std::string_view bytes;
        std::uint64_t seed;
        std::uint64_t hash;
    };
    static constexpr Case kCases[] = {
        {"", 0, 0x451c7c3a11634a78},
        {"a", 0, 0x80a11421759db5a2},
        {"durations", 0, 0x4191b5e5646dc0c3},
        {"durations", 7, 0x8e41b8e3e5a4c8d2},
        {"12345678", 0, 0x7dae45beecc39929},
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 0, 0x2785523507cec8b4},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.bytes), c.seed);
        CHECK(stable_hash(c.bytes, c.seed) == c.hash);
    }
    CHECK(stable_hash(std::string_view("a\0", 2)) != stable_hash("a"));
}

TEST_CASE("a saved state goes on where it was") {
    Prng prng(9);
    prng.next();
    Prng copy = Prng::from_state(prng.state());
    CHECK(copy == prng);
    CHECK(copy.next() == prng.next());
}
