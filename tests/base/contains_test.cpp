#include "base/contains.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a list contains a text, whatever kind of text it holds") {
    static constexpr std::string_view kNames[] = {"a", "b"};
    CHECK(contains(kNames, std::string("b")));
    CHECK(contains(std::vector<std::string>{"a", "b"}, std::string_view("a")));
    CHECK_FALSE(contains(kNames, "c"));
    CHECK_FALSE(contains(std::vector<std::string>(), "a"));
}
