#include "sim/reading/problems.hpp"

#include <algorithm>

#include "sim/reading/nearest.hpp"
#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a place reads as its file, its part and its path of keys") {
    CHECK(Place("runsim.json").key("history").key("calls").item(0).key("at").text() ==
          "runsim.json: history.calls[0].at");
    CHECK(Place("runsim.json").key("blocks").quoted_key("slow/*").key("duration").text() ==
          "runsim.json: blocks.\"slow/*\".duration");
    CHECK(Place("pipelines/x/metadata.yaml").part("block \"load\"").key("retry_config").key("delay").text() ==
          "pipelines/x/metadata.yaml: block \"load\": retry_config.delay");
}

TEST_CASE("a misspelt name finds the one that was meant, and a strange one none") {
    const std::vector<std::string_view> known = {"duration",  "outcome", "error", "attempts",
                                                 "condition", "items",   "polls"};
    struct Case {
        std::string_view written;
        std::string_view meant;
    };
    const Case cases[] = {{"duratoin", "duration"},
                          {"durations", "duration"},
                          {"Outcome", "outcome"},
                          {"pols", "polls"},
                          {"attempt", "attempts"},
                          {"erorr", "error"},
                          {"colour", ""},
                          {"x", ""},
                          {"", ""},
                          {"conditional", "condition"}};
    for (const auto& [written, meant] : cases) {
        INFO(written);
        CHECK(nearest(written, known) == meant);
    }
    CHECK(nearest(std::string(100'000, 'a'), known).empty());
}

TEST_CASE("a complaint of an unknown key suggests the nearest one or lists them all") {
    CHECK(no_such_key("duratoin", {"duration", "outcome"}) == "no such key; did you mean \"duration\"?");
    CHECK(no_such_key("colour", {"duration", "outcome"}) == "no such key (there are: duration, outcome)");
}

TEST_CASE("a long value is cut, and a long list counted") {
    CHECK(shown(json::Value(std::string(200, 'a'))) == "\"" + std::string(56, 'a') + "...");
    CHECK(shown(json::Value("\xc3\xbc")) == "\"\\u00fc\"");
    const std::vector<std::string_view> many(20, "a");
    CHECK(listed(many) == "a, a, a, a, a, a, a, a, a, a, a, a and 8 more");
    CHECK(listed({}) == "none");
}

TEST_CASE("problems are counted beyond a hundred") {
    Problems problems;
    CHECK(problems.empty());
    for (int i = 0; i < 103; ++i) problems.add(Place("a"), "b");
    const std::string text = problems.text();
    CHECK(text.ends_with("\nand 3 more"));
    CHECK(std::count(text.begin(), text.end(), '\n') == 100);
}

TEST_CASE("a mistake is one line, whatever the names in it hold") {
    Problems problems;
    problems.add(Place("pipelines/a\nb/metadata.yaml"), "is\tempty");
    CHECK(problems.text() == "pipelines/a\\nb/metadata.yaml: is empty");
}
