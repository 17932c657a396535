#include "support/shrink.hpp"

#include <algorithm>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::test;

namespace {

std::vector<int> numbers(int count) {
    std::vector<int> list;
    for (int i = 0; i < count; ++i) list.push_back(i);
    return list;
}

bool holds_all(const std::vector<int>& list, const std::vector<int>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](int item) { return std::find(list.begin(), list.end(), item) != list.end(); });
}

}  // namespace

TEST_CASE("a failing list shrinks to what makes it fail, in its order, wherever that stands") {
    const std::vector<int> culprits[] = {
        {0}, {999}, {500}, {3, 997}, {0, 1, 2}, {10, 11, 500, 998}, {7, 300, 301, 302, 303, 304}};
    for (const std::vector<int>& wanted : culprits) {
        int questions = 0;
        const auto fails = [&](const std::vector<int>& list) {
            ++questions;
            return holds_all(list, wanted);
        };
        CHECK(shrunk(numbers(1'000), fails) == wanted);
        CHECK(questions < 1'000);
    }
}

TEST_CASE("a shrunk list has no item that could go, also where items depend on each other") {
    Prng prng(1);
    for (int round = 0; round < 50; ++round) {
        // Fails while it has at least `least` even numbers, or its first number, and as many odd ones.
        const auto least = static_cast<std::ptrdiff_t>(1 + prng.below(5));
        const auto fails = [&](const std::vector<int>& list) {
            const auto even = std::count_if(list.begin(), list.end(), [](int i) { return i % 2 == 0; });
            return even >= least && static_cast<std::ptrdiff_t>(list.size()) - even >= least;
        };
        const std::vector<int> result = shrunk(numbers(static_cast<int>(20 + prng.below(300))), fails);
        CHECK(static_cast<std::ptrdiff_t>(result.size()) == 2 * least);
        for (std::size_t i = 0; i < result.size(); ++i) {
            std::vector<int> fewer = result;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            CHECK_FALSE(fails(fewer));
        }
    }
}

TEST_CASE("shrinking ends with the empty list where even that fails, and after the questions it may ask") {
    CHECK(shrunk(numbers(100), [](const std::vector<int>&) { return true; }).empty());
    CHECK(shrunk(std::vector<int>(), [](const std::vector<int>&) { return true; }).empty());
    int questions = 0;
    const auto fails = [&](const std::vector<int>& list) {
        ++questions;
        return list.size() >= 2;
    };
    const std::vector<int> result = shrunk(numbers(1'000), fails, 3);
    CHECK(questions == 3);
    CHECK(fails(result));
}
