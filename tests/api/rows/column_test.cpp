#include "api/rows/column.hpp"

#include "json/parse.hpp"
#include "json/write.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

namespace {

std::string failure_text(const Failure& failure) {
    const std::string& text = std::get<Exception>(failure).text;
    return text.substr(0, text.find('\n'));
}

json::Value value_of(const std::string& text) {
    auto value = json::parse(text);
    REQUIRE(value.ok());
    return std::move(value).value();
}

enum class Kind { integer, text, boolean, json, date };

std::string stored(Dialect dialect, Kind kind, const std::string& json_text) {
    const json::Value value = value_of(json_text);
    const Column column{dialect, "t", "c"};
    switch (kind) {
        case Kind::integer: {
            const auto result = integer_column(column, value);
            return !result ? failure_text(result.error()) : *result ? std::to_string(**result) : "null";
        }
        case Kind::text: {
            const auto result = text_column(column, value);
            return !result ? failure_text(result.error()) : *result ? "'" + **result + "'" : "null";
        }
        case Kind::boolean: {
            const auto result = boolean_column(column, value);
            return !result ? failure_text(result.error()) : *result ? (**result ? "true" : "false") : "null";
        }
        case Kind::json: {
            const auto result = json_column(column, value);
            return !result ? failure_text(result.error()) : std::string(result->json());
        }
        case Kind::date: {
            const auto result = date_column(column, value, nullptr);
            return !result ? failure_text(result.error()) : *result ? date_text(**result, DateStyle::iso) : "null";
        }
    }
    return {};
}

}  // namespace

TEST_CASE("a column makes of a value what its database does", "[http-api 7.2][http-api 14.3]") {
    const std::string syntax = "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type integer: ";
    const std::string range = "(psycopg2.errors.NumericValueOutOfRange) integer out of range";
    const std::string bind = "(sqlite3.InterfaceError) Error binding parameter 0 - probably unsupported type.";
    const std::string adapt = "(psycopg2.ProgrammingError) can't adapt type 'dict'";
    const std::string not_a_date =
        "(builtins.TypeError) SQLite DateTime type only accepts Python datetime and date objects as input.";
    const auto mismatch = [](const std::string& column_type, const std::string& type) {
        return "(psycopg2.errors.DatatypeMismatch) column \"c\" is of type " + column_type +
               " but expression is of type " + type;
    };
    struct Case {
        Kind kind;
        std::string value;
        std::string sqlite;
        std::string postgres;
    };
    using enum Kind;
    const std::vector<Case> cases = {
        {integer, "null", "null", "null"},
        {integer, "60", "60", "60"},
        {integer, "\"60\"", "60", "60"},
        {integer, "\" 60 \"", "60", "60"},
        {integer, "\"6.0\"", "6", syntax + "\"6.0\""},
        {integer, "\"abc\"", syntax + "\"abc\"", syntax + "\"abc\""},
        {integer, "99999999999", "99999999999", range},
        {integer, "\"99999999999\"", "99999999999",
         "(psycopg2.errors.NumericValueOutOfRange) value \"99999999999\" is out of range for type integer"},
        {integer, "99999999999999999999", "Python int too large to convert to SQLite INTEGER", range},
        {integer, "2.0", "2", "2"},
        {integer, "2.5", range, "2"},
        {integer, "3.5", range, "4"},
        {integer, "true", "1", mismatch("integer", "boolean")},
        {integer, "[1]", bind, mismatch("integer", "text[]")},
        {integer, "{}", bind, adapt},
        {text, "null", "null", "null"},
        {text, "\"x\"", "'x'", "'x'"},
        {text, "5", "'5'", "'5'"},
        {text, "1.5", "'1.5'", "'1.5'"},
        {text, "true", "'1'", "'true'"},
        {text, "[\"x\", 2]", bind, "'{x,2}'"},
        {text, "{\"a\": 1}", bind, adapt},
        {text, "\"\\u0000\"", std::string("'\0'", 3), "A string literal cannot contain NUL (0x00) characters."},
        {boolean, "null", "null", "null"},
        {boolean, "true", "true", "true"},
        {boolean, "0", "false", "false"},
        {boolean, "1.0", "true", "true"},
        {boolean, "2", "(builtins.ValueError) Value 2 is not None, True, or False",
         "(builtins.ValueError) Value 2 is not None, True, or False"},
        {boolean, "\"yes\"", "(builtins.TypeError) Not a boolean value: 'yes'",
         "(builtins.TypeError) Not a boolean value: 'yes'"},
        {boolean, "[]", "(builtins.TypeError) unhashable type: 'list'", "(builtins.TypeError) unhashable type: 'list'"},
        {json, "null", "null", "null"},
        {json, "{\"a\":[1,2]}", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}"},
        {json, "[NaN]", "[null]", "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type json"},
        {Kind::date, "null", "null", "null"},
        {Kind::date, "\"2024-01-02T03:04:05+01:00\"", not_a_date, "2024-01-02T02:04:05"},
        {Kind::date, "\"soon\"", not_a_date,
         "(psycopg2.errors.InvalidDatetimeFormat) invalid input syntax for type timestamp with time zone: \"soon\""},
        {Kind::date, "5", not_a_date, mismatch("timestamp with time zone", "integer")},
        {Kind::date, "[]", not_a_date, mismatch("timestamp with time zone", "text[]")},
        {Kind::date, "{}", not_a_date, adapt},
    };
    for (const Case& c : cases) {
        CAPTURE(c.value, static_cast<int>(c.kind));
        CHECK(stored(Dialect::sqlite, c.kind, c.value) == c.sqlite);
        CHECK(stored(Dialect::postgres, c.kind, c.value) == c.postgres);
    }
}

TEST_CASE("a text of more than 255 characters does not fit postgres", "[http-api 14.3]") {
    const auto length = [](Dialect dialect, const std::string& piece, std::size_t count, std::size_t most) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += piece;
        const auto result = text_column({dialect, "t", "c"}, json::Value(text), most);
        return result ? std::to_string(**result == text) : failure_text(result.error());
    };
    const std::string too_long =
        "(psycopg2.errors.StringDataRightTruncation) value too long for type character varying(255)";
    CHECK(length(Dialect::postgres, "x", 255, 255) == "1");
    CHECK(length(Dialect::postgres, "x", 256, 255) == too_long);
    CHECK(length(Dialect::postgres, "\xc3\xa9", 255, 255) == "1");
    CHECK(length(Dialect::postgres, "\xc3\xa9", 256, 255) == too_long);
    CHECK(length(Dialect::postgres, "x", 256, 0) == "1");
    CHECK(length(Dialect::sqlite, "x", 256, 255) == "1");
}

TEST_CASE("an enum column takes the value and the stored name", "[Q1][Q2]") {
    const auto shown = [](Dialect dialect, const json::Value& value) {
        const auto result = enum_column<RunStatus>({dialect, "t", "c"}, value);
        return !result ? failure_text(result.error()) : *result ? std::string(name_of(**result)) : "null";
    };
    const std::string possible =
        "is not among the defined enum values. Enum name: pipelinerunstatus. Possible values: INITIAL, RUNNING, "
        "COMPLETED, ..., CANCELLED";
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres}) {
        CHECK(shown(dialect, nullptr) == "null");
        CHECK(shown(dialect, "failed") == "failed");
        CHECK(shown(dialect, "FAILED") == "failed");
        CHECK(shown(dialect, 5) == "(builtins.LookupError) '5' " + possible);
        CHECK(shown(dialect, json::Array()) == "(builtins.TypeError) unhashable type: 'list'");
    }
    CHECK(shown(Dialect::sqlite, "Failed") == "'Failed' " + possible);
    CHECK(shown(Dialect::postgres, "Failed") ==
          "(psycopg2.errors.InvalidTextRepresentation) invalid input value for enum pipelinerunstatus: \"Failed\"");
    CHECK(enum_lookup_text("x", "schedulestatus", EnumSpelling<ScheduleStatus>::names.data(), 2) ==
          "'x' is not among the defined enum values. Enum name: schedulestatus. Possible values: ACTIVE, INACTIVE");
    CHECK(enum_lookup_text("x", "scheduletype", EnumSpelling<ScheduleType>::names.data(), 3) ==
          "'x' is not among the defined enum values. Enum name: scheduletype. Possible values: TIME, API, EVENT");
}
