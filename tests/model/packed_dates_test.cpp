#include "model/packed_dates.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "base/prng.hpp"
#include "model/rows.hpp"
#include "support/catch.hpp"
#include "support/pick.hpp"

using namespace runsim;

namespace {

constexpr Instant kNoon{1'767'268'800'000'000};

// Days apart, at the bounds of what fits as an offset, and anywhere.
Instant any_date(Prng& prng, Instant created_at) {
    constexpr std::int64_t kBounds[] = {-(std::int64_t{1} << 40), 3 * (std::int64_t{1} << 40) - 1};
    switch (prng.below(4)) {
        case 0: return {created_at.us + kBounds[prng.below(2)] + prng.between(-2, 2)};
        case 1: return {prng.between(kFirstInstant.us, kLastInstant.us)};
        case 2: return prng.below(2) == 0 ? kFirstInstant : kLastInstant;
        default: return created_at + Duration::seconds(prng.between(-900'000, 3'000'000));
    }
}

MaybeInstant any_or_none(Prng& prng, Instant created_at) {
    if (prng.below(4) == 0) return {};
    return any_date(prng, created_at);
}

}  // namespace

TEST_CASE("packed dates are the dates that were put into them, near or far") {
    Prng prng = Prng::fork(1, "packed dates");
    std::vector<std::pair<PackedDates, BlockRunDates>> rows(20);
    for (int round = 0; round < 20'000; ++round) {
        auto& [packed, plain] = rows[pick(prng, rows.size())];
        switch (prng.below(8)) {
            case 0:
                plain.created_at = any_date(prng, kNoon);
                packed.set_created_at(plain.created_at);
                break;
            case 1:
                plain.updated_at = any_date(prng, plain.created_at);
                packed.set_updated_at(plain.updated_at);
                break;
            case 2:
                plain.started_at = any_or_none(prng, plain.created_at);
                packed.set_started_at(plain.started_at);
                break;
            case 3:
                plain.completed_at = any_or_none(prng, plain.created_at);
                packed.set_completed_at(plain.completed_at);
                break;
            case 4: std::swap(rows[0], rows[pick(prng, rows.size())]); break;
            case 5: rows[pick(prng, rows.size())] = std::pair(packed, plain); break;
            case 6: packed = plain = {kNoon, kNoon, {}, {}}; break;
            default: rows.erase(rows.begin()), rows.emplace_back(); break;
        }
        for (const auto& [a, of_a] : rows) {
            CHECK(a.all() == of_a);
            CHECK(a == PackedDates(of_a));
            CHECK((a == rows[0].first) == (of_a == rows[0].second));
        }
    }
}

TEST_CASE("packed dates hold the ends of an instant's range") {
    constexpr Instant kLeast{std::numeric_limits<std::int64_t>::min() + 1};
    constexpr Instant kMost{std::numeric_limits<std::int64_t>::max()};
    for (const BlockRunDates& dates :
         {BlockRunDates{kLeast, kMost, kLeast, kMost}, BlockRunDates{kMost, kLeast, {}, kLeast}})
        CHECK(PackedDates(dates).all() == dates);
}

TEST_CASE("a block run takes less memory than its dates side by side") {
    CHECK(sizeof(PackedDates) == 24);
    CHECK(alignof(PackedDates) == alignof(std::uint32_t));
    CHECK(sizeof(BlockRun) <= 48);
}
