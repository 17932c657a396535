#include "api/calls/paging.hpp"

#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

TEST_CASE("LIMIT limit + 1 OFFSET offset fetches these rows", "[http-api 2.3]") {
    struct Case {
        std::int64_t limit, offset, count, begin, end;
    };
    const std::vector<Case> cases = {
        {2, 0, 5, 0, 3},  {2, 3, 5, 3, 5},  {2, 9, 5, 5, 5},  {0, 0, 5, 0, 1},  {-1, 0, 5, 0, 0},
        {-5, 0, 5, 0, 5}, {-5, 2, 5, 2, 5}, {2, -1, 5, 0, 3}, {40, 0, 0, 0, 0}, {INT64_MAX - 1, 3, 5, 3, 5},
    };
    for (const Case& c : cases) {
        CAPTURE(c.limit, c.offset, c.count);
        const Slice rows = sql_rows({c.limit, c.offset}, c.count);
        CHECK(rows.begin == c.begin);
        CHECK(rows.end == c.end);
    }
}

TEST_CASE("a slice of a list is Python's", "[http-api 2.3]") {
    struct Case {
        std::int64_t start, stop, count, begin, end;
    };
    const std::vector<Case> cases = {
        {0, 3, 5, 0, 3},  {3, 9, 5, 3, 5},  {9, 12, 5, 5, 5}, {-1, 2, 5, 4, 4}, {-1, 9, 5, 4, 5},
        {0, -4, 5, 0, 1}, {2, -4, 5, 2, 2}, {-9, 2, 5, 0, 2}, {0, -9, 5, 0, 0},
    };
    for (const Case& c : cases) {
        CAPTURE(c.start, c.stop, c.count);
        const Slice slice = python_slice(c.start, c.stop, c.count);
        CHECK(slice.begin == c.begin);
        CHECK(slice.end == c.end);
    }
}

TEST_CASE("a page has one row less than was fetched where there are more", "[http-api 2.3]") {
    struct Case {
        Slice fetched;
        std::int64_t limit, shown;
        bool next;
    };
    const std::vector<Case> cases = {{{4, 7}, 2, 2, true}, {{4, 6}, 2, 2, false}, {{0, 0}, -1, 0, true}};
    for (const Case& c : cases) {
        CAPTURE(c.fetched.begin, c.fetched.end, c.limit);
        const ShownRows shown = trim_rows(c.fetched, c.limit, 22);
        CHECK(shown.rows.begin == c.fetched.begin);
        CHECK(shown.rows.size() == c.shown);
        CHECK(shown.next == c.next);
        CHECK(page_metadata(shown) == std::string("{\"count\": 22, \"next\": ") + (c.next ? "true}" : "false}"));
    }
}
