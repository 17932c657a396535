#include "model/symbol.hpp"

#include <map>
#include <string>

#include "base/archive.hpp"
#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("a symbol table numbers texts in the order in which they first come") {
    SymbolTable table;
    CHECK(table.size() == 1);
    CHECK(table.intern("") == Symbol{0});
    CHECK(table.text(Symbol{}).empty());
    CHECK(table.intern("load_titanic") == Symbol{1});
    CHECK(table.intern("each:0") == Symbol{2});
    CHECK(table.intern("load_titanic") == Symbol{1});
    CHECK(table.text(Symbol{2}) == "each:0");
    CHECK(table.find("each:0") == Symbol{2});
    CHECK(table.find("each:1") == std::nullopt);
    CHECK(table.find("each") == std::nullopt);
    CHECK(table.size() == 3);
}

TEST_CASE("a symbol table finds each of thousands of texts, and none that it lacks") {
    SymbolTable table;
    std::map<std::string, std::uint32_t> model = {{"", 0}};
    Prng prng(11);
    for (int i = 0; i < 5'000; ++i) {
        std::string text = "block:" + std::to_string(prng.below(3'000));
        if (prng.below(10) == 0) text += '\0';
        const auto [at, is_new] = model.emplace(text, static_cast<std::uint32_t>(model.size()));
        CHECK(table.find(text).has_value() == !is_new);
        REQUIRE(table.intern(text).value == at->second);
    }
    REQUIRE(table.size() == model.size());
    for (const auto& [text, number] : model) {
        REQUIRE(table.find(text) == Symbol{number});
        REQUIRE(table.text(Symbol{number}) == text);
    }
}

TEST_CASE("copies of a symbol table go their own ways") {
    SymbolTable first;
    first.intern("a");
    SymbolTable second = first;
    CHECK(second == first);
    CHECK(second.intern("b") == Symbol{2});
    CHECK(first.intern("c") == Symbol{2});
    CHECK(first.text(Symbol{2}) == "c");
    CHECK(second.text(Symbol{2}) == "b");
    CHECK(!first.find("b"));
    CHECK(!(second == first));
}

TEST_CASE("a saved symbol table comes back with the same numbers") {
    SymbolTable table;
    for (const char* text : {"z", "a", "m", "\xc3\xa9"}) table.intern(text);
    ArchiveWriter writer;
    writer(table);
    ArchiveReader reader(writer.text());
    SymbolTable loaded;
    loaded.intern("of before");
    reader(loaded);
    REQUIRE(reader.ok());
    CHECK(reader.at_end());
    CHECK(loaded == table);
    CHECK(loaded.find("m") == Symbol{3});
}

TEST_CASE("a symbol table refuses a list of texts that is none of its own") {
    struct Case {
        const char* what;
        std::vector<std::string> texts;
    };
    const Case cases[] = {
        {"no texts at all", {}}, {"does not begin with the empty text", {"a", ""}}, {"a text twice", {"", "a", "a"}}};
    for (const Case& c : cases) {
        INFO(c.what);
        ArchiveWriter writer;
        writer(c.texts);
        ArchiveReader reader(writer.text());
        SymbolTable loaded;
        reader(loaded);
        CHECK(!reader.ok());
    }
}
