#include "json/write.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "support/catch.hpp"

using namespace runsim;
using namespace std::string_view_literals;

namespace {

std::string written(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

}  // namespace

// http-api.md 3.1: pure ASCII, short escapes where JSON has them, U+007F escaped, slashes and angles not.
TEST_CASE("texts are written in ASCII as simplejson writes them", "[http-api 3.1]") {
    struct Case {
        std::string_view text;
        std::string_view json;
    };
    static constexpr Case kCases[] = {
        {"", R"("")"},
        {"plain text 123", R"("plain text 123")"},
        {" !#[]~", R"(" !#[]~")"},
        {"\"\\/", R"("\"\\/")"},
        {"\b\t\n\f\r", R"("\b\t\n\f\r")"},
        {"\0\x01\x1f\x7f"sv, R"("\u0000\u0001\u001f\u007f")"},
        {"</script>&'", R"("</script>&'")"},
        {"Gr\xc3\xbc\xc3\x9f"
         "e",
         R"("Gr\u00fc\u00dfe")"},
        {"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf", R"("\u0080\u07ff\u0800\uffff")"},
        {"\xf0\x90\x80\x80\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf", R"("\ud800\udc00\ud83d\ude00\udbff\udfff")"},
        {"\xed\xa0\x80 \xed\xb0\x80", R"("\ud800 \udc00")"},  // lone surrogates in their three-byte form
    };
    for (const Case& c : kCases) {
        CAPTURE(std::string(c.text));
        CHECK(written(c.text) == c.json);
    }
}

TEST_CASE("an escape is found wherever it stands in a text of any length") {
    for (std::size_t length = 1; length <= 40; ++length) {
        for (std::size_t place = 0; place < length; ++place) {
            for (const char special : {'"', '\\', '\n', '\x7f', '\x1f'}) {
                std::string text(length, '~');
                text[place] = special;
                std::string expected = written(std::string(1, special));
                expected.insert(1, std::string(place, '~'));
                expected.insert(expected.size() - 1, std::string(length - place - 1, '~'));
                REQUIRE(written(text) == expected);
            }
        }
    }
}

TEST_CASE("bytes that are no text are written as the replacement character") {
    CHECK(written("a\xff"
                  "b") == R"("a\ufffdb")");
    CHECK(written("a\xe2\x82") == R"("a\ufffd\ufffd")");
}

TEST_CASE("values are written with a blank behind commas and colons") {
    json::Object inner;
    inner.set("x", json::Value(json::Array{1, 2.5, nullptr}));
    json::Object object;
    object.set("b", true);
    object.set("a", json::Value(std::move(inner)));
    object.set("\xc3\xa9", "\n");
    object.set("big", json::BigInteger{"-123456789012345678901234567890"});
    object.set("none", json::Value(json::Array{}));
    object.set("empty", json::Value(json::Object{}));
    CHECK(json::to_text(json::Value(std::move(object))) ==
          R"({"b": true, "a": {"x": [1, 2.5, null]}, "\u00e9": "\n", "big": -123456789012345678901234567890, )"
          R"("none": [], "empty": {}})");
}

TEST_CASE("NaN and infinities are null in JSON and have their names in Python") {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const json::Value value(json::Array{std::numeric_limits<double>::quiet_NaN(), kInfinity, -kInfinity});
    CHECK(json::to_text(value) == "[null, null, null]");
    CHECK(json::python_repr(value) == "[nan, inf, -inf]");
}

TEST_CASE("python_repr shows a value as exception texts do") {
    json::Object object;
    object.set("code", 404);
    object.set("message", "Record's \"text\"\n");
    object.set("x", json::Value(json::Array{nullptr, true, false, 1.5, 1e16, "it's"}));
    CHECK(json::python_repr(json::Value(std::move(object))) ==
          R"({'code': 404, 'message': 'Record\'s "text"\n', 'x': [None, True, False, 1.5, 1e+16, "it's"]})");
}

TEST_CASE("a writer puts separators where they belong") {
    std::string out = "before ";
    json::Writer w(out);
    w.begin_object();
    w.key("id");
    w.integer(-7);
    w.key("empty");
    w.begin_array();
    w.end_array();
    w.key("list");
    w.begin_array();
    w.null();
    w.boolean(true);
    w.boolean(false);
    w.real(0.5);
    w.string("a\"b");
    w.raw("{\"raw\": 1}");
    w.value(json::Value(json::Array{1}));
    w.begin_object();
    w.end_object();
    w.begin_object();
    w.key("deep");
    w.string("");
    w.end_object();
    w.integer(std::numeric_limits<std::int64_t>::min());
    w.end_array();
    w.key("last");
    w.null();
    w.end_object();
    CHECK(out == R"(before {"id": -7, "empty": [], "list": [null, true, false, 0.5, "a\"b", {"raw": 1}, [1], {}, )"
                 R"({"deep": ""}, -9223372036854775808], "last": null})");
}

TEST_CASE("a writer writes a member by the kind of its value") {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    w.member("text", "a\"b");
    w.member("string", std::string("s"));
    w.member("flag", true);
    w.member("byte", std::uint8_t{7});
    w.member("integer", std::int64_t{-8});
    w.member("real", 0.5);
    w.member("null", nullptr);
    w.member("value", json::Value(json::Array{1}));
    w.member("json", json::Text("{\"a\": 1}"));
    w.member("no json", json::Text());
    w.member("some", std::optional<std::string>("x"));
    w.member("none", std::optional<std::int64_t>());
    w.raw_member("raw", "[2]");
    w.begin_array("list");
    w.end_array();
    w.begin_object("object");
    w.member("deep", 1);
    w.end_object();
    w.end_object();
    CHECK(out ==
          R"({"text": "a\"b", "string": "s", "flag": true, "byte": 7, "integer": -8, "real": 0.5, "null": null, )"
          R"("value": [1], "json": {"a": 1}, "no json": null, "some": "x", "none": null, "raw": [2], )"
          R"("list": [], "object": {"deep": 1}})");
}
