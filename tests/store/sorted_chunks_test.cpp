#include "store/sorted_chunks.hpp"

#include <compare>
#include <set>
#include <vector>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

using Set = SortedChunks<std::int64_t>;
using Model = std::set<std::int64_t>;

// Everything that a set can be asked, against the model. Keys are even, so that an odd one lies between two.
void check_equal(const Set& set, const Model& model) {
    REQUIRE(set.size() == model.size());
    REQUIRE(set.empty() == model.empty());
    REQUIRE(std::vector<std::int64_t>(set.begin(), set.end()) == std::vector<std::int64_t>(model.begin(), model.end()));
    REQUIRE(std::vector<std::int64_t>(set.rbegin(), set.rend()) ==
            std::vector<std::int64_t>(model.rbegin(), model.rend()));
    std::size_t rank = 0;
    for (const std::int64_t key : model) {
        const bool right = set.at(rank) == key && set.rank(key) == rank && set.rank(key + 1) == rank + 1 &&
                           set.contains(key) && !set.contains(key + 1) && *set.lower_bound(key) == key;
        if (!right) FAIL("rank " << rank << ", key " << key);
        ++rank;
    }
    CHECK((set.lower_bound(model.empty() ? 0 : *model.rbegin() + 1) == set.end()));
}

void insert_all(Set& set, std::int64_t from, std::int64_t count, std::int64_t step) {
    for (std::int64_t i = 0; i < count; ++i) REQUIRE(set.insert(2 * (from + i * step)));
}

}  // namespace

TEST_CASE("a sorted set agrees with its ranks and walks at the borders of chunks") {
    for (const std::int64_t size : {0, 1, 2, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000}) {
        for (const std::int64_t step : {1, -1}) {
            INFO(size << " keys, step " << step);
            Set set;
            insert_all(set, 0, size, step);
            Model model;
            for (std::int64_t i = 0; i < size; ++i) model.insert(2 * i * step);
            check_equal(set, model);
            for (std::int64_t skip : {std::int64_t{0}, size / 2, size - 1, size, size + 5}) {
                if (skip < 0) continue;
                const std::vector<std::int64_t> rest(set.rnth(static_cast<std::size_t>(skip)), set.rend());
                auto at = model.rbegin();
                for (std::int64_t i = 0; i < skip && at != model.rend(); ++i) ++at;
                CHECK(rest == std::vector<std::int64_t>(at, model.rend()));
            }
        }
    }
}

TEST_CASE("keys that come in order leave full chunks") {
    struct Case {
        const char* what;
        std::int64_t from, step;
    };
    const Case cases[] = {{"ascending", 0, 1}, {"descending", 0, -1}};
    for (const Case& c : cases) {
        INFO(c.what);
        Set set;
        insert_all(set, c.from, 256 * 40, c.step);
        CHECK(set.chunk_count() == 40);
    }
    SECTION("into a gap as well") {
        for (const std::int64_t step : {1, -1}) {
            Set set;
            insert_all(set, -1000, 256, 1);
            insert_all(set, 100'000, 256, 1);
            insert_all(set, 50'000, 256 * 20, step);
            CHECK(set.chunk_count() <= 24);
        }
    }
}

TEST_CASE("a sorted set does what a plain set does, whatever comes") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        for (const std::uint64_t range : {2U, 40U, 700U, 100'000U}) {
            Prng prng(seed);
            Set set;
            Model model;
            for (int batch = 0; batch < 12; ++batch) {
                // Batches that mostly insert, and batches that mostly erase.
                const std::uint64_t inserts_of_ten = batch % 3 == 2 ? 1 : 8;
                for (int i = 0; i < 700; ++i) {
                    const auto key = 2 * static_cast<std::int64_t>(prng.below(range));
                    if (prng.below(10) < inserts_of_ten) {
                        REQUIRE(set.insert(key) == model.insert(key).second);
                    } else {
                        // Half of the time a key that is there.
                        const auto at = model.lower_bound(key);
                        const std::int64_t victim = at == model.end() || prng.below(2) == 0 ? key : *at;
                        REQUIRE(set.erase(victim) == (model.erase(victim) == 1));
                    }
                }
                INFO("seed " << seed << ", range " << range << ", batch " << batch);
                check_equal(set, model);
            }
            for (const std::int64_t key : Model(model)) REQUIRE(set.erase(key));
            CHECK(set.chunk_count() == 0);
            CHECK((set.begin() == set.end()));
        }
    }
}

TEST_CASE("erasing most keys joins the chunks that are left") {
    Set set;
    insert_all(set, 0, 10'000, 1);
    for (std::int64_t i = 0; i < 10'000; ++i)
        if (i % 50 != 0) set.erase(2 * i);
    CHECK(set.size() == 200);
    CHECK(set.chunk_count() <= 8);
}

TEST_CASE("copies of a sorted set stay what they were when any of them is written") {
    Prng prng(5);
    std::vector<std::pair<Set, Model>> copies(1);
    insert_all(copies[0].first, 0, 2'000, 1);
    for (std::int64_t i = 0; i < 2'000; ++i) copies[0].second.insert(2 * i);
    for (int round = 0; round < 60; ++round) {
        const auto source = static_cast<std::size_t>(prng.below(copies.size()));
        if (copies.size() < 8) copies.push_back(copies[source]);
        auto& [set, model] = copies[static_cast<std::size_t>(prng.below(copies.size()))];
        for (int i = 0; i < 40; ++i) {
            const auto key = 2 * static_cast<std::int64_t>(prng.below(4'000));
            if (prng.below(2) == 0) {
                REQUIRE(set.insert(key) == model.insert(key).second);
            } else {
                REQUIRE(set.erase(key) == (model.erase(key) == 1));
            }
        }
        if (round % 20 == 10) copies.erase(copies.begin());
    }
    for (const auto& [set, model] : copies) check_equal(set, model);
}

TEST_CASE("a set of entries that are not keys sorts by their keys, which may change while their entries move") {
    // Entries are numbers of places in a list of dates.
    struct Key {
        std::int64_t date = 0;
        std::uint32_t place = 0;
        explicit operator std::uint32_t() const { return place; }
        auto operator<=>(const Key&) const = default;
    };
    Prng prng(9);
    std::vector<std::int64_t> dates(3'000);
    std::set<Key> model;
    SortedChunks<Key, std::uint32_t> set;
    const auto key_of = [&](std::uint32_t place) { return Key{dates[place], place}; };
    for (int i = 0; i < 20'000; ++i) {
        const auto place = static_cast<std::uint32_t>(prng.below(dates.size()));
        const Key old = key_of(place);
        dates[place] = prng.between(-500, 500);
        // The set may ask for the key of an entry whose date has changed.
        const auto key_or_old = [&](std::uint32_t entry) { return entry == place ? old : key_of(entry); };
        REQUIRE(set.erase(old, key_or_old) == (model.erase(old) == 1));
        if (prng.below(3) != 0) REQUIRE(set.insert(key_of(place), key_of) == model.insert(key_of(place)).second);
    }
    REQUIRE(set.size() == model.size());
    std::size_t rank = 0;
    for (const Key& key : model) {
        const bool right = set.at(rank) == key.place && set.rank(key, key_of) == rank && set.contains(key, key_of) &&
                           *set.lower_bound(key, key_of) == key.place;
        if (!right) FAIL("rank " << rank);
        ++rank;
    }
}
