#include <string>

#include "json/parse.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;

namespace {

std::string error_of(std::string_view text) {
    const auto value = json::parse_document(text, "project document");
    return value.ok() ? "no error" : value.error().message;
}

}  // namespace

TEST_CASE("a document is read into values in the order in which it is written") {
    const auto value = json::parse_document(
        "{\"b\": [1, -2, 2.5, 1e3, true, false, null],\n \"a\": {\"text\": \"\\u00e9\\ud83d\\ude00\", \"none\": {}}, "
        "\"z\": []}",
        "project document");
    REQUIRE(value.ok());
    CHECK(json::to_text(*value) == R"({"b": [1, -2, 2.5, 1000.0, true, false, null], )"
                                   R"("a": {"text": "\u00e9\ud83d\ude00", "none": {}}, "z": []})");
    CHECK(json::to_text(*json::parse_document(" 7 ", "x")) == "7");
    CHECK(json::to_text(*json::parse_document("[-9223372036854775808, 9223372036854775807]", "x")) ==
          "[-9223372036854775808, 9223372036854775807]");
}

TEST_CASE("what is wrong in a document is told with its line and column") {
    struct Case {
        std::string_view text;
        std::string_view begin;
    };
    static constexpr Case kCases[] = {
        {"", "project document: line 1, column 1: "},
        {"{\n  \"a\": 1,\n  }", "project document: line 3, column 3: "},
        {"[1,\n 2 3]", "project document: line 2, column 5: "},
        {"[\"\xc3\xa9\xc3\xa9\xc3\xa9\", x]", "project document: line 1, column 9: "},
        {"[1] 2", "project document: line 1, column 5: "},
        {"[NaN]", "project document: line 1, column 2: "},
        {"[1e400]", "project document: line 1, column 7: number overflow"},
        {"{'a': 1}", "project document: line 1, column 2: "},
        {"\"\\ud800\"", "project document: line 1, column 8: "},
        {"\"\xff\"", "project document: line 1, column 2: "},
        {"// no comments\n1", "project document: line 1, column 1: "},
        {"{\"a\": 1,\n \"a\": 2}", "project document: line 2, column 4: the key 'a' stands twice in one object"},
        {"[9223372036854775808]",
         "project document: line 1, column 21: 9223372036854775808 does not fit an integer of 64 bits"},
        {"[-9223372036854775809]",
         "project document: line 1, column 22: -9223372036854775809 does not fit an integer of 64 bits"},
        {"[123456789012345678901234567890]",
         "project document: line 1, column 32: 123456789012345678901234567890 does not fit an integer of 64 bits"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        const std::string error = error_of(c.text);
        CHECK(error.substr(0, c.begin.size()) == c.begin);
        CHECK(error.size() >= c.begin.size());
    }
}

TEST_CASE("a document nests up to 900 levels") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(error_of(nested(900)) == "no error");
    CHECK(error_of(nested(901)) == "project document: line 1, column 901: more than 900 levels of nesting");
    CHECK(error_of(nested(1'000'000)) == "project document: line 1, column 901: more than 900 levels of nesting");
}

TEST_CASE("equal keys in a long object of a document are found") {
    std::string text = "{";
    for (int i = 0; i < 50'000; ++i) text += "\"k" + std::to_string(i) + "\": 0, ";
    CHECK(error_of(text + "\"x\": 0}") == "no error");
    CHECK(error_of(text + "\"k777\": 0}").find("the key 'k777' stands twice in one object") != std::string::npos);
}
