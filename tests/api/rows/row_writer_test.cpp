#include "api/rows/row_writer.hpp"

#include "base/prng.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

namespace {

// What `write` writes into a row of at most `bound` bytes.
template <class Write>
std::string_view written(RowWriter& writer, std::size_t bound, Write write) {
    RowCursor w = writer.begin(bound);
    write(w);
    return writer.text(w);
}

}  // namespace

TEST_CASE("the row writer writes dates as append_date does, in every style") {
    Prng random(7);
    for (const DateStyle style : {DateStyle::space, DateStyle::space_offset, DateStyle::iso, DateStyle::iso_offset}) {
        RowWriter writer(style);
        const auto check = [&](Instant instant) {
            const auto text = written(writer, RowDates::kMost, [&](RowCursor& w) { w.date(instant); });
            REQUIRE(text == "\"" + date_text(instant, style) + "\"");
            REQUIRE(text.size() <= RowDates::kMost);
        };
        for (int i = 0; i < 2000; ++i) {
            Instant instant{random.between(kFirstInstant.us, kLastInstant.us)};
            if (i % 3 == 0) instant = instant.floor_second();
            if (i % 5 == 0) instant = Instant{1'700'000'000'000'000 + i};
            check(instant);
        }
        constexpr std::int64_t kMinute = 60'000'000;
        for (const std::int64_t us : {kFirstInstant.us, kLastInstant.us, std::int64_t{-1}, std::int64_t{0}, kMinute - 1,
                                      kMinute, -kMinute, -kMinute - 1, std::int64_t{86'400'000'000} - 1})
            check(Instant{us});
        CHECK(written(writer, 4, [](RowCursor& w) { w.date(MaybeInstant()); }) == "null");
    }
}

TEST_CASE("the row writer writes numbers and texts as the JSON writer does") {
    RowWriter writer(DateStyle::space);
    for (const std::uint32_t number : {0u, 7u, 10u, 99u, 100u, 12345u, 999999999u, 4294967295u})
        CHECK(written(writer, 10, [&](RowCursor& w) { w.integer(number); }) == std::to_string(number));
    for (const std::string& text : {std::string("plain"), std::string("a\"b\\c"), std::string("caf\xc3\xa9"),
                                    std::string("\x01\x7f\n"), std::string(), std::string("\xf0\x9f\x98\x80"),
                                    std::string("eight by"), std::string("a text of some words")}) {
        std::string expected;
        json::append_string(expected, text);
        CHECK(written(writer, 6 * text.size() + 2, [&](RowCursor& w) { w.string(text); }) == expected);
    }
}

TEST_CASE("the row writer finds what JSON escapes wherever it is in a text") {
    RowWriter writer(DateStyle::space);
    for (const std::size_t size : {1u, 7u, 8u, 9u, 16u, 19u}) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int byte = 0; byte < 0x80; ++byte) {
                std::string text(size, '~');
                text[place] = static_cast<char>(byte);
                std::string expected;
                json::append_string(expected, text);
                REQUIRE(written(writer, 6 * size + 2, [&](RowCursor& w) { w.string(text); }) == expected);
            }
        }
    }
}

TEST_CASE("the row writer copies texts of every length") {
    RowWriter writer(DateStyle::space);
    const std::string text = "0123456789abcdefghij";
    for (std::size_t size = 0; size <= text.size(); ++size)
        CHECK(written(writer, size, [&](RowCursor& w) { w.raw(std::string_view(text).substr(0, size)); }) ==
              text.substr(0, size));
}
