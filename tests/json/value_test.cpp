#include "json/value.hpp"

#include <limits>
#include <string>

#include "json/parse.hpp"
#include "support/catch.hpp"

using namespace runsim;
using json::Value;

TEST_CASE("an object keeps its members in the order of their keys' first coming") {
    json::Object object;
    object.set("b", 1);
    object.set("a", 2);
    object["c"] = 3;
    object.set("b", 4);
    REQUIRE(object.size() == 3);
    CHECK(object.begin()[0].key == "b");
    CHECK(object.begin()[0].value == Value(4));
    CHECK(object.begin()[1].key == "a");
    CHECK(object.begin()[2].key == "c");

    CHECK(object["new"].is_null());
    CHECK(object.erase("a"));
    CHECK_FALSE(object.erase("a"));
    CHECK(object.find("a") == nullptr);
    CHECK(*object.find("c") == Value(3));
    CHECK(object.contains("new"));
}

TEST_CASE("values know Python's truth and type") {
    struct Case {
        Value value;
        bool truthy;
        std::string_view type;
    };
    const Case cases[] = {
        {nullptr, false, "NoneType"},
        {true, true, "bool"},
        {false, false, "bool"},
        {0, false, "int"},
        {-1, true, "int"},
        {json::BigInteger{"99999999999999999999"}, true, "int"},
        {0.0, false, "float"},
        {-0.0, false, "float"},
        {0.5, true, "float"},
        {std::numeric_limits<double>::quiet_NaN(), true, "float"},
        {"", false, "str"},
        {"0", true, "str"},
        {json::Array{}, false, "list"},
        {json::Array{0}, true, "list"},
        {json::Object{}, false, "dict"},
        {*json::parse("{\"\": null}"), true, "dict"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.type);
        CHECK(c.value.truthy() == c.truthy);
        CHECK(c.value.python_type() == c.type);
    }
}

TEST_CASE("equality is exact, python_equal is Python's") {
    struct Case {
        std::string_view a;
        std::string_view b;
        bool exact;
        bool python;
    };
    static constexpr Case kCases[] = {
        {"null", "null", true, true},
        {"null", "false", false, false},
        {"1", "1", true, true},
        {"1", "1.0", false, true},
        {"true", "1", false, true},
        {"false", "0.0", false, true},
        {"0.0", "-0.0", true, true},
        {"1", "\"1\"", false, false},
        {"9007199254740993", "9007199254740992.0", false, false},
        {"9223372036854775807", "9223372036854775808.0", false, false},
        {"9223372036854775808", "9223372036854775808.0", false, true},
        {"-36893488147419103232", "-36893488147419103232.0", false, true},
        {"36893488147419103233", "36893488147419103232.0", false, false},
        {"99999999999999999999", "99999999999999999999", true, true},
        {"99999999999999999999", "Infinity", false, false},
        {"NaN", "NaN", false, false},
        {"[1, [2]]", "[1.0, [2]]", false, true},
        {"[1]", "[1, 2]", false, false},
        {"[]", "{}", false, false},
        {"{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", false, true},
        {"{\"a\": 1}", "{\"a\": 1, \"b\": 2}", false, false},
        {"{\"a\": 1}", "{\"b\": 1}", false, false},
        {"{\"a\": [true]}", "{\"a\": [1]}", false, true},
    };
    for (const Case& c : kCases) {
        CAPTURE(c.a, c.b);
        const Value a = *json::parse(c.a);
        const Value b = *json::parse(c.b);
        CHECK((a == b) == c.exact);
        CHECK((b == a) == c.exact);
        CHECK(json::python_equal(a, b) == c.python);
        CHECK(json::python_equal(b, a) == c.python);
    }
}

TEST_CASE("only the content of the asked kind is given") {
    const Value text("x");
    CHECK(text.string() != nullptr);
    CHECK(text.integer() == nullptr);
    CHECK(text.object() == nullptr);
    CHECK(text.array() == nullptr);
    CHECK(Value(1).real() == nullptr);
    CHECK(Value(true).integer() == nullptr);
    CHECK(Value().is_null());
}

TEST_CASE("an object gives the content of a key if it is of the asked kind") {
    const Value value = *json::parse(R"({"text": "x", "flag": false, "integer": 7, "array": [1], "object": {"a": 1}})");
    const json::Object& object = *value.object();
    CHECK(*object.text("text") == "x");
    CHECK(*object.boolean("flag") == false);
    CHECK(*object.integer("integer") == 7);
    CHECK(object.array("array")->size() == 1);
    CHECK(*object.object("object")->integer("a") == 1);
    CHECK(object.text("integer") == nullptr);
    CHECK(object.array("object") == nullptr);
    CHECK(object.text("absent") == nullptr);
    CHECK(value.find("text") == object.find("text"));
    CHECK(Value("x").find("text") == nullptr);
}
