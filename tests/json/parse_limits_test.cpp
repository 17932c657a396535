#include <string>

#include "json/parse.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

std::string repeated(std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
}

std::string lists(int depth) { return repeated("[", depth) + repeated("]", depth); }
std::string objects(int depth) { return repeated("{\"a\": ", depth) + "0" + repeated("}", depth); }

}  // namespace

TEST_CASE("900 levels are read, copied, compared, written and destroyed") {
    for (const std::string& body : {lists(json::kMaxDepth), objects(json::kMaxDepth)}) {
        const auto value = json::parse(body);
        REQUIRE(value.ok());
        const json::Value copy = *value;
        CHECK(copy == *value);
        CHECK(json::python_equal(copy, *value));
        CHECK(json::to_text(copy) == body);
    }
}

TEST_CASE("one level more is Python's recursion error, however much deeper the body is") {
    for (const int depth : {json::kMaxDepth + 1, 1'000'000}) {
        const auto list = json::parse(lists(depth));
        REQUIRE_FALSE(list.ok());
        CHECK(list.error().message ==
              "maximum recursion depth exceeded while decoding a JSON array from a unicode string");
        const auto object = json::parse(objects(depth));
        REQUIRE_FALSE(object.ok());
        CHECK(object.error().message ==
              "maximum recursion depth exceeded while decoding a JSON object from a unicode string");
    }
}

TEST_CASE("depth is counted in what is open, not in what was") {
    const auto value = json::parse("[" + repeated(lists(json::kMaxDepth - 1) + ", ", 10) + "0]");
    REQUIRE(value.ok());
    CHECK(value->array()->size() == 11);
}

// Searching for each key among those before it would take minutes here.
TEST_CASE("an object of 100 000 keys, each given twice, is read in linear time") {
    constexpr int kKeys = 100'000;
    std::string body = "{";
    for (int i = 0; i < 2 * kKeys; ++i) {
        if (i > 0) body += ", ";
        body += "\"key" + std::to_string(i % kKeys) + "\": " + std::to_string(i);
    }
    const auto value = json::parse(body + "}");
    REQUIRE(value.ok());
    const json::Object& object = *value->object();
    REQUIRE(object.size() == kKeys);
    CHECK(object.begin()[7].value == json::Value(std::int64_t{kKeys + 7}));
    CHECK((object.end() - 1)->key == "key99999");
}

TEST_CASE("errors far into a long body name their place in characters") {
    const std::string body = "[\n" + repeated("\"\xc3\xa4\",\n", 50'000) + "x]";
    const auto value = json::parse(body);
    REQUIRE_FALSE(value.ok());
    CHECK(value.error().message == "Expecting value: line 50002 column 1 (char 250002)");
}
