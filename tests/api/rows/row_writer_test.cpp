#include "api/rows/row_writer.hpp"

#include "base/prng.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

TEST_CASE("the row writer writes dates as append_date does, in every style") {
    Prng random(7);
    for (const DateStyle style : {DateStyle::space, DateStyle::space_offset, DateStyle::iso, DateStyle::iso_offset}) {
        RowWriter w(style);
        for (int i = 0; i < 2000; ++i) {
            Instant instant{random.between(kFirstInstant.us, kLastInstant.us)};
            if (i % 3 == 0) instant = instant.floor_second();
            if (i % 5 == 0) instant = Instant{1'700'000'000'000'000 + i};
            w.begin(RowWriter::kDate);
            w.date(instant);
            REQUIRE(w.text() == "\"" + date_text(instant, style) + "\"");
            REQUIRE(w.text().size() <= RowWriter::kDate);
        }
        for (const Instant end : {kFirstInstant, kLastInstant, Instant{-1}, Instant{0}, Instant{86'400'000'000 - 1}}) {
            w.begin(RowWriter::kDate);
            w.date(end);
            REQUIRE(w.text() == "\"" + date_text(end, style) + "\"");
        }
        w.begin(4);
        w.date(MaybeInstant());
        REQUIRE(w.text() == "null");
    }
}

TEST_CASE("the row writer writes numbers and texts as the JSON writer does") {
    RowWriter w(DateStyle::space);
    for (const std::uint32_t number : {0u, 7u, 10u, 99u, 100u, 12345u, 999999999u, 4294967295u}) {
        w.begin(10);
        w.integer(number);
        CHECK(w.text() == std::to_string(number));
    }
    for (const std::string& text : {std::string("plain"), std::string("a\"b\\c"), std::string("caf\xc3\xa9"),
                                    std::string("\x01\x7f\n"), std::string(), std::string("\xf0\x9f\x98\x80")}) {
        std::string expected;
        json::append_string(expected, text);
        w.begin(6 * text.size() + 2);
        w.string(text);
        CHECK(w.text() == expected);
    }
}
