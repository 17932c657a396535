#include "json/parse.hpp"

#include <string>

#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

// What CPython 3.11's json.loads accepts, and simplejson's text of it.
TEST_CASE("a body is read as Python's json.loads reads it") {
    struct Case {
        std::string_view body;
        std::string_view text;
    };
    static constexpr Case kCases[] = {
        {"null", "null"},
        {"true", "true"},
        {"false", "false"},
        {"0", "0"},
        {"-0", "0"},
        {"-1", "-1"},
        {"12345", "12345"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775808", "9223372036854775808"},
        {"-9223372036854775809", "-9223372036854775809"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"0.0", "0.0"},
        {"-0.0", "-0.0"},
        {"1.0", "1.0"},
        {"1e0", "1.0"},
        {"1E5", "100000.0"},
        {"1e+5", "100000.0"},
        {"1e-5", "1e-05"},
        {"1.5e300", "1.5e+300"},
        {"0.1", "0.1"},
        {"100.00", "100.0"},
        {"1e15", "1000000000000000.0"},
        {"1e16", "1e+16"},
        {"123456789012345680.0", "1.2345678901234568e+17"},
        {"5e-324", "5e-324"},
        {"2.2250738585072011e-308", "2.225073858507201e-308"},
        {"1.7976931348623157e308", "1.7976931348623157e+308"},
        {"1e400", "null"},
        {"-1e400", "null"},
        {"1e-400", "0.0"},
        {"NaN", "null"},
        {"Infinity", "null"},
        {"-Infinity", "null"},
        {"[NaN, Infinity]", "[null, null]"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"9007199254740993.0", "9007199254740992.0"},
        {"179769313486231580793728971405301e276", "1.7976931348623157e+308"},
        {R"("")", R"("")"},
        {R"("a")", R"("a")"},
        {R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")"},
        {R"("\u0041\u00e9\u6F22")", R"("A\u00e9\u6f22")"},
        {R"("\ud83d\ude00")", R"("\ud83d\ude00")"},
        {R"("\ud800")", R"("\ud800")"},
        {R"("\udc00\ud800")", R"("\udc00\ud800")"},
        {R"("\ud83d\ud83d\ude00")", R"("\ud83d\ud83d\ude00")"},
        {R"("\ud83dx")", R"("\ud83dx")"},
        {R"("\ud83d\n")", R"("\ud83d\n")"},
        {R"("\u0000")", R"("\u0000")"},
        {"\"\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80\"", R"("\u00e9\u6f22\ud83d\ude00")"},
        {"\"\x7f\"", R"("\u007f")"},
        {R"("/<>&'")", R"("/<>&'")"},
        {"\"\xe2\x80\xa8\xe2\x80\xa9\"", R"("\u2028\u2029")"},
        {"[]", "[]"},
        {"{}", "{}"},
        {"[ ]", "[]"},
        {"{ }", "{}"},
        {" [1 , 2,3 ] ", "[1, 2, 3]"},
        {"\r\n\t{\"a\" : 1 , \"b\":[{}]}\n", R"({"a": 1, "b": [{}]})"},
        {R"([[],[[]],{"a":{}}])", R"([[], [[]], {"a": {}}])"},
        {R"({"a": 1, "b": 2, "a": 3})", R"({"a": 3, "b": 2})"},
        {R"({"": 0})", R"({"": 0})"},
        {R"({"\u0061": 1, "a": 2})", R"({"a": 2})"},
        {R"({"a": {"b": 1}, "a": []})", R"({"a": []})"},
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.body));
        const auto value = json::parse(c.body);
        REQUIRE((value.ok() ? "accepted" : value.error().message) == "accepted");
        CHECK(json::to_text(*value) == c.text);
    }
}

TEST_CASE("equal keys keep the first one's place and the last one's value, in long objects too") {
    std::string body = "{";
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 100; ++i) {
            body += "\"key" + std::to_string(i) + "\": " + std::to_string(round * 1000 + i) + ", ";
        }
    }
    body += "\"last\": null}";
    const auto value = json::parse(body);
    REQUIRE(value.ok());
    const json::Object& object = *value->object();
    REQUIRE(object.size() == 101);
    for (std::size_t i = 0; i < 100; ++i) {
        CHECK(object.begin()[i].key == "key" + std::to_string(i));
        CHECK(object.begin()[i].value == json::Value(static_cast<std::int64_t>(1000 + i)));
    }
    CHECK(object.begin()[100].key == "last");
}

TEST_CASE("Python's other numbers are kept: NaN, infinities, integers beyond 64 bits") {
    const auto value = json::parse("[NaN, Infinity, -Infinity, -170141183460469231731687303715884105728]");
    REQUIRE(value.ok());
    CHECK(json::python_repr(*value) == "[nan, inf, -inf, -170141183460469231731687303715884105728]");
    CHECK(value->array()->at(3).big_integer() != nullptr);
}
