#include "base/sort_stably.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("sort_stably sorts like std::stable_sort") {
    struct Element {
        std::string key;
        std::size_t place;
        bool operator==(const Element&) const = default;
    };
    const auto before = [](const Element& a, const Element& b) { return a.key < b.key; };
    Prng prng(7);
    for (std::size_t size = 0; size < 40; ++size) {
        std::vector<Element> list;
        for (std::size_t i = 0; i < size; ++i)
            list.push_back({"a key too long for a short string " + std::to_string(prng.below(9)), i});
        std::vector<Element> expected = list;
        std::stable_sort(expected.begin(), expected.end(), before);
        sort_stably(list, before);
        REQUIRE(list == expected);
    }
}
