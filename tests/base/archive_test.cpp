#include "base/archive.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace runsim;

namespace {

enum class Colour : std::uint8_t { red, green };

struct Part {
    std::string name;
    bool wanted = false;
    friend bool operator==(const Part&, const Part&) = default;
};
template <class A>
void archive(A& a, Part& part) {
    a(part.name, part.wanted);
}

struct Whole {
    Id<Part> id;
    std::int32_t small = 0;
    std::int64_t large = 0;
    std::uint64_t unsigned_large = 0;
    Colour colour = Colour::red;
    Instant at;
    Duration span;
    MaybeInstant maybe;
    std::optional<std::string> note;
    std::vector<Part> parts;
    std::vector<std::pair<std::int32_t, std::string>> pairs;
    Prng prng;
    friend bool operator==(const Whole&, const Whole&) = default;
};
template <class A>
void archive(A& a, Whole& w) {
    a(w.id, w.small, w.large, w.unsigned_large, w.colour, w.at, w.span, w.maybe, w.note, w.parts, w.pairs, w.prng);
}

Whole example() {
    Whole whole;
    whole.id = {7};
    whole.small = -1;
    whole.large = std::numeric_limits<std::int64_t>::min();
    whole.unsigned_large = std::numeric_limits<std::uint64_t>::max();
    whole.colour = Colour::green;
    whole.at = {-5};
    whole.span = Duration::days(-1);
    whole.maybe = Instant{3};
    whole.note = std::string("a\0b", 3);
    whole.parts = {{"first", true}, {"", false}};
    whole.pairs = {{-3, "three"}};
    whole.prng = Prng(11);
    return whole;
}

std::string saved(const Whole& whole) {
    ArchiveWriter writer;
    writer(whole);
    return writer.take();
}

std::uint64_t hash_of(const Whole& whole) {
    ArchiveHasher hasher;
    hasher(whole);
    return hasher.hash();
}

}  // namespace

TEST_CASE("what is saved loads as the same value") {
    for (const Whole& whole : {example(), Whole{}}) {
        const std::string text = saved(whole);
        ArchiveReader reader(text);
        Whole loaded = example();
        reader(loaded);
        CHECK(reader.ok());
        CHECK(reader.at_end());
        CHECK(loaded == whole);
    }
}

TEST_CASE("integers of every width travel as 8 little-endian bytes, texts behind their length") {
    ArchiveWriter writer;
    writer(std::int8_t{-2}, std::uint32_t{258}, true, std::string("ab"));
    CHECK(writer.text() == std::string("\xfe\xff\xff\xff\xff\xff\xff\xff"
                                       "\x02\x01\0\0\0\0\0\0"
                                       "\x01\0\0\0\0\0\0\0"
                                       "\x02\0\0\0\0\0\0\0"
                                       "ab",
                                       34));
}

TEST_CASE("a text that ends early fails wherever it is cut, and gives nothing more") {
    const std::string text = saved(example());
    for (std::size_t size = 0; size < text.size(); ++size) {
        ArchiveReader reader(std::string_view(text).substr(0, size));
        Whole loaded;
        std::int64_t after = 9;
        reader(loaded, after);
        CAPTURE(size);
        REQUIRE_FALSE(reader.ok());
        REQUIRE(after == 0);
    }
}

TEST_CASE("numbers that no text of ours holds are refused") {
    const auto load = [](std::uint64_t word, auto value) {
        ArchiveWriter writer;
        writer.u64(word);
        ArchiveReader reader(writer.text());
        reader(value);
        return reader.ok();
    };
    CHECK(load(1, bool{}));
    CHECK_FALSE(load(2, bool{}));
    CHECK(load(255, std::uint8_t{}));
    CHECK_FALSE(load(256, std::uint8_t{}));
    CHECK(load(static_cast<std::uint64_t>(-5), std::int32_t{}));
    CHECK_FALSE(load(std::uint64_t{1} << 31, std::int32_t{}));
    CHECK_FALSE(load(std::uint64_t{1} << 32, Id<Part>{}));
    CHECK_FALSE(load(300, Colour::red));
    // A list that is longer than what is left, and a generator that would be stuck.
    CHECK_FALSE(load(std::numeric_limits<std::uint64_t>::max(), std::vector<std::int64_t>{}));
    CHECK_FALSE(load(std::numeric_limits<std::uint64_t>::max(), std::string{}));
    ArchiveReader zeros(std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32));
    Prng prng(1);
    zeros(prng);
    CHECK_FALSE(zeros.ok());
    CHECK(prng == Prng(1));
}

TEST_CASE("the hash is known and changes with every field") {
    ArchiveHasher none;
    CHECK(none.hash() == 0x9e3779b97f4a7c15);
    ArchiveHasher numbers;
    numbers(1, 2, 3);
    CHECK(numbers.hash() == 0xb7fb0ac4b684d36e);
    ArchiveHasher text;
    text(std::string("hello"));
    CHECK(text.hash() == 0x961bb3261c9f756b);

    const std::uint64_t hash = hash_of(example());
    CHECK(hash == hash_of(example()));
    const auto changed = [](auto change) {
        Whole whole = example();
        change(whole);
        return hash_of(whole);
    };
    CHECK(hash != changed([](Whole& w) { w.id = {8}; }));
    CHECK(hash != changed([](Whole& w) { w.small = 1; }));
    CHECK(hash != changed([](Whole& w) { w.large = 0; }));
    CHECK(hash != changed([](Whole& w) { w.colour = Colour::red; }));
    CHECK(hash != changed([](Whole& w) { w.maybe = {}; }));
    CHECK(hash != changed([](Whole& w) { w.note.reset(); }));
    CHECK(hash != changed([](Whole& w) { w.note = "a"; }));
    CHECK(hash != changed([](Whole& w) { w.parts.pop_back(); }));
    CHECK(hash != changed([](Whole& w) { w.parts[0].wanted = false; }));
    CHECK(hash != changed([](Whole& w) { std::swap(w.parts[0], w.parts[1]); }));
    CHECK(hash != changed([](Whole& w) { w.prng.next(); }));
}
