#include "api/rows/record_id.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

namespace {

std::string shown(Dialect dialect, std::string_view text) {
    const auto id = id_of(dialect, text, "pipeline_run.id");
    if (!id) {
        const auto* exception = std::get_if<Exception>(&id.error());
        return exception ? exception->text.substr(0, exception->text.find('\n')) : "api error";
    }
    return *id ? std::to_string(**id) : "none";
}

}  // namespace

TEST_CASE("a database compares the id in a path with its own rules", "[Q25][http-api 14.3]") {
    const std::string syntax = "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type integer: ";
    const std::string range = "(psycopg2.errors.NumericValueOutOfRange) value ";
    struct Case {
        std::string text;
        std::string sqlite;
        std::string postgres;
    };
    const std::vector<Case> cases = {
        {"1", "1", "1"},
        {"01", "1", "1"},
        {" 1", "1", "1"},
        {"1 ", "1", "1"},
        {"+1", "1", "1"},
        {"-1", "none", "none"},
        {"0", "none", "none"},
        {"1.0", "none", syntax + "\"1.0\""},
        {"1.", "none", syntax + "\"1.\""},
        {"1.5", "none", syntax + "\"1.5\""},
        {"1e0", "none", syntax + "\"1e0\""},
        {"12e-1", "none", syntax + "\"12e-1\""},
        {"120e-1", "none", syntax + "\"120e-1\""},
        {"0.2e1", "none", syntax + "\"0.2e1\""},
        {"1e", "none", syntax + "\"1e\""},
        {"1e999999999999999999999", "none", syntax + "\"1e999999999999999999999\""},
        {"0x1", "none", syntax + "\"0x1\""},
        {"abc", "none", syntax + "\"abc\""},
        {"true", "none", syntax + "\"true\""},
        {"", "none", syntax + "\"\""},
        {"2147483647", "2147483647", "2147483647"},
        {"2147483648", "2147483648", range + "\"2147483648\" is out of range for type integer"},
        {"-2147483648", "none", "none"},
        {"-2147483649", "none", range + "\"-2147483649\" is out of range for type integer"},
        {"99999999999999999999", "none", range + "\"99999999999999999999\" is out of range for type integer"},
        {std::string("1\0", 2), "none", "A string literal cannot contain NUL (0x00) characters."},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(shown(Dialect::sqlite, c.text) == c.sqlite);
        CHECK(shown(Dialect::postgres, c.text) == c.postgres);
    }
}

TEST_CASE("a refused id shows its place in the statement") {
    const auto id = id_of(Dialect::postgres, "abc", "pipeline_run.id");
    REQUIRE_FALSE(id.ok());
    CHECK(std::get<Exception>(id.error()).text ==
          "(psycopg2.errors.InvalidTextRepresentation) invalid input syntax for type integer: \"abc\"\n"
          "LINE 3: WHERE pipeline_run.id = 'abc'\n"
          "                                ^\n\n"
          "[SQL: SELECT pipeline_run.* \nFROM pipeline_run \nWHERE pipeline_run.id = %(value)s]\n"
          "[parameters: {'value': 'abc'}]\n"
          "(Background on this error at: https://sqlalche.me/e/14/9h9h)");
}
