#include "json/text.hpp"

#include "base/archive.hpp"
#include "json/parse.hpp"
#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a JSON column holds text, or none for null") {
    const json::Text none = json::Text::of(json::Value());
    CHECK_FALSE(none.has_value());
    CHECK(none.json() == "null");
    CHECK(none.value().is_null());
    CHECK(none == json::Text());

    const json::Text text = json::Text::of(*json::parse(R"({"a":[1,2.50,"é"]})"));
    REQUIRE(text.has_value());
    CHECK(text.json() == R"({"a": [1, 2.5, "\u00e9"]})");
    CHECK(text.value().object()->contains("a"));
    CHECK_FALSE(text == none);
    CHECK(text == json::Text(std::string(text.json())));
    CHECK(json::Text::empty_object().json() == "{}");
}

TEST_CASE("a JSON column survives an archive, and a broken one is refused") {
    for (const json::Text& text : {json::Text(), json::Text::empty_object(), json::Text("[1, null]")}) {
        ArchiveWriter writer;
        writer(text);
        ArchiveReader reader(writer.text());
        json::Text loaded("0");
        reader(loaded);
        CHECK(reader.ok());
        CHECK(reader.at_end());
        CHECK(loaded == text);
        CHECK(loaded.has_value() == text.has_value());
    }
    ArchiveWriter writer;
    writer(true, std::string("[1, "));
    ArchiveReader reader(writer.text());
    json::Text loaded;
    reader(loaded);
    CHECK_FALSE(reader.ok());
    CHECK_FALSE(loaded.has_value());
}
