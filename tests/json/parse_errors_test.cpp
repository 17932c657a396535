#include <string>

#include "json/parse.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

namespace {

struct Case {
    std::string_view body;
    std::string_view error;
};

std::string error_of(std::string_view body) {
    const auto value = json::parse(body);
    return value.ok() ? "no error" : value.error().message;
}

}  // namespace

// The texts and places are CPython 3.11's own; places count characters, not bytes.
TEST_CASE("what json.loads refuses is refused with its words") {
    static constexpr Case kCases[] = {
        {"", "Expecting value: line 1 column 1 (char 0)"},
        {" ", "Expecting value: line 1 column 2 (char 1)"},
        {"\n\n ", "Expecting value: line 3 column 2 (char 3)"},
        {"nul", "Expecting value: line 1 column 1 (char 0)"},
        {"nulll", "Extra data: line 1 column 5 (char 4)"},
        {"tru", "Expecting value: line 1 column 1 (char 0)"},
        {"True", "Expecting value: line 1 column 1 (char 0)"},
        {"None", "Expecting value: line 1 column 1 (char 0)"},
        {"nan", "Expecting value: line 1 column 1 (char 0)"},
        {"-", "Expecting value: line 1 column 1 (char 0)"},
        {"-a", "Expecting value: line 1 column 1 (char 0)"},
        {"+1", "Expecting value: line 1 column 1 (char 0)"},
        {".5", "Expecting value: line 1 column 1 (char 0)"},
        {"1.", "Extra data: line 1 column 2 (char 1)"},
        {"1.e5", "Extra data: line 1 column 2 (char 1)"},
        {"1e", "Extra data: line 1 column 2 (char 1)"},
        {"1e+", "Extra data: line 1 column 2 (char 1)"},
        {"01", "Extra data: line 1 column 2 (char 1)"},
        {"-01", "Extra data: line 1 column 3 (char 2)"},
        {"1 2", "Extra data: line 1 column 3 (char 2)"},
        {"1,", "Extra data: line 1 column 2 (char 1)"},
        {"0x10", "Extra data: line 1 column 2 (char 1)"},
        {"1_000", "Extra data: line 1 column 2 (char 1)"},
        {"-Infinit", "Expecting value: line 1 column 1 (char 0)"},
        {"-NaN", "Expecting value: line 1 column 1 (char 0)"},
        {"infinity", "Expecting value: line 1 column 1 (char 0)"},
        {"[", "Expecting value: line 1 column 2 (char 1)"},
        {"[ ", "Expecting value: line 1 column 3 (char 2)"},
        {"[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"},
        {"[1 ", "Expecting ',' delimiter: line 1 column 4 (char 3)"},
        {"[1,", "Expecting value: line 1 column 4 (char 3)"},
        {"[1, ", "Expecting value: line 1 column 5 (char 4)"},
        {"[,", "Expecting value: line 1 column 2 (char 1)"},
        {"[1,]", "Expecting value: line 1 column 4 (char 3)"},
        {"[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"},
        {"[1}", "Expecting ',' delimiter: line 1 column 3 (char 2)"},
        {"]", "Expecting value: line 1 column 1 (char 0)"},
        {"[1]]", "Extra data: line 1 column 4 (char 3)"},
        {"{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"{ ", "Expecting property name enclosed in double quotes: line 1 column 3 (char 2)"},
        {R"({"a")", "Expecting ':' delimiter: line 1 column 5 (char 4)"},
        {R"({"a" )", "Expecting ':' delimiter: line 1 column 6 (char 5)"},
        {R"({"a":)", "Expecting value: line 1 column 6 (char 5)"},
        {R"({"a": )", "Expecting value: line 1 column 7 (char 6)"},
        {R"({"a":1)", "Expecting ',' delimiter: line 1 column 7 (char 6)"},
        {R"({"a":1,)", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"},
        {R"({"a":1, )", "Expecting property name enclosed in double quotes: line 1 column 9 (char 8)"},
        {R"({"a":1,})", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"},
        {R"({"a" 1})", "Expecting ':' delimiter: line 1 column 6 (char 5)"},
        {R"({"a",1})", "Expecting ':' delimiter: line 1 column 5 (char 4)"},
        {"{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"{'a':1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"{1:2}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {R"({"a":1 "b":2})", "Expecting ',' delimiter: line 1 column 8 (char 7)"},
        {R"({"a":})", "Expecting value: line 1 column 6 (char 5)"},
        {"{,}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"}", "Expecting value: line 1 column 1 (char 0)"},
        {R"({"a":1])", "Expecting ',' delimiter: line 1 column 7 (char 6)"},
        {R"({"a":1}})", "Extra data: line 1 column 8 (char 7)"},
        {R"(")", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"("abc)", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"("\)", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"("\")", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"("\x41")", R"(Invalid \escape: line 1 column 2 (char 1))"},
        {R"("\U0041")", R"(Invalid \escape: line 1 column 2 (char 1))"},
        {R"("\u")", R"(Invalid \uXXXX escape: line 1 column 3 (char 2))"},
        {R"("\u12")", R"(Invalid \uXXXX escape: line 1 column 3 (char 2))"},
        {R"("\u12g4")", R"(Invalid \uXXXX escape: line 1 column 3 (char 2))"},
        {R"("\u+123")", R"(Invalid \uXXXX escape: line 1 column 3 (char 2))"},
        {R"("\u1234)", R"(Invalid \uXXXX escape: line 1 column 3 (char 2))"},
        {R"("\ud83d\u")", R"(Invalid \uXXXX escape: line 1 column 9 (char 8))"},
        {R"("\ud83d\u12")", R"(Invalid \uXXXX escape: line 1 column 9 (char 8))"},
        {R"("\ud83d\)", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"("\ud83d\ude00)", R"(Invalid \uXXXX escape: line 1 column 9 (char 8))"},
        {"\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)"},
        {"\"a\tb\"", "Invalid control character at: line 1 column 3 (char 2)"},
        {"\"\x00\""sv, "Invalid control character at: line 1 column 2 (char 1)"},
        {"\"\x1f\"", "Invalid control character at: line 1 column 2 (char 1)"},
        {"[\n1,\n\"\xc3\xa9\x01\"]", "Invalid control character at: line 3 column 3 (char 7)"},
        {"\xef\xbb\xbf"
         "1",
         "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"},
        {" \xef\xbb\xbf", "Expecting value: line 1 column 2 (char 1)"},
        {"\xc2\xa0"
         "1",
         "Expecting value: line 1 column 1 (char 0)"},
        {"\xe2\x80\xa8"
         "1",
         "Expecting value: line 1 column 1 (char 0)"},
        {"/* */1", "Expecting value: line 1 column 1 (char 0)"},
        {"// x\n1", "Expecting value: line 1 column 1 (char 0)"},
        {"'a'", "Expecting value: line 1 column 1 (char 0)"},
        {"[1,\n 2,\n  }", "Expecting value: line 3 column 3 (char 10)"},
        {"{\"\xc3\xa9\": \"\xe6\xbc\xa2\",\n\n  \"\xf0\x9f\x98\x80\": x}",
         "Expecting value: line 3 column 8 (char 19)"},
        {"[\"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\" 1]", "Expecting ',' delimiter: line 1 column 7 (char 6)"},
        {"\n\n\n\nx", "Expecting value: line 5 column 1 (char 4)"},
        {"1\r\rx", "Extra data: line 1 column 4 (char 3)"},
        {"\x00"sv, "Expecting value: line 1 column 1 (char 0)"},
        {"1\x00"sv, "Extra data: line 1 column 2 (char 1)"},
        {"[1,2,\x0b"
         "3]",
         "Expecting value: line 1 column 6 (char 5)"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.body));
        CHECK(error_of(c.body) == c.error);
    }
}

TEST_CASE("a body that is no UTF-8 is refused with the words of bytes.decode") {
    static constexpr Case kCases[] = {
        {"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"a\x80", "'utf-8' codec can't decode byte 0x80 in position 1: invalid start byte"},
        {"\"\xc3\"", "'utf-8' codec can't decode byte 0xc3 in position 1: invalid continuation byte"},
        {"\"\xc3", "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data"},
        {"\xe2\x82", "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
        {"\"\xe2\x82\"", "'utf-8' codec can't decode bytes in position 1-2: invalid continuation byte"},
        {"\xf0\x9f\x98", "'utf-8' codec can't decode bytes in position 0-2: unexpected end of data"},
        {"\xf0\x9f\"", "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte"},
        {"\xc0\xaf", "'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte"},
        {"\xe0\x80\x80", "'utf-8' codec can't decode byte 0xe0 in position 0: invalid continuation byte"},
        {"\xed\xa0\x80", "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"},
        {"\xf4\x90\x80\x80", "'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte"},
        {"\xf5", "'utf-8' codec can't decode byte 0xf5 in position 0: invalid start byte"},
        {"\"caf\xe9\"", "'utf-8' codec can't decode byte 0xe9 in position 4: invalid continuation byte"},
        {"\xe9\x01\x02", "'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte"},
        {"{\"a\": \"\xfe\"}", "'utf-8' codec can't decode byte 0xfe in position 7: invalid start byte"},
        {"\xf0\x80", "'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte"},
        {"\xef\xbb", "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.body));
        CHECK(error_of(c.body) == c.error);
    }
}

TEST_CASE("an integer has at most 4300 digits") {
    const std::string longest(4300, '7');
    CHECK(error_of(longest) == "no error");
    CHECK(error_of("-" + longest) == "no error");
    const std::string expected =
        "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use "
        "sys.set_int_max_str_digits() to increase the limit";
    CHECK(error_of(longest + "7") == expected);
    CHECK(error_of("[1, -" + longest + "7]") == expected);
    CHECK(error_of(longest + "7.0") == "no error");
}
