#include "api/calls/paging.hpp"

#include <algorithm>
#include <limits>

#include "api/errors/database_error.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

Failure refused_count(std::string_view error_class, std::string_view message) {
    // These errors have no position in the statement, and an empty line in its place.
    return refused({.error_class = error_class,
                    .message = std::string(message) + "\n",
                    .line = {},
                    .caret = 0,
                    .sql = "SELECT * LIMIT %(param_1)s OFFSET %(param_2)s",
                    .parameters = {},
                    .code = error_class == "NumericValueOutOfRange" ? "9h9h" : "f405"});
}

}  // namespace

ResultOf<Page> read_page(const Query& query) {
    const auto limit = query.meta_number("_limit", Page().limit);
    if (!limit) return limit.error();
    const auto offset = query.meta_number("_offset", 0);
    if (!offset) return offset.error();
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    return Page{limit->value, offset->value, limit->saturated || limit->value == kMost || offset->saturated};
}

Outcome check_sql_page(const Page& page, Dialect dialect) {
    if (dialect == Dialect::sqlite) return page.too_large ? Outcome(sqlite_overflow()) : Outcome(Done{});
    if (page.too_large) return refused_count("NumericValueOutOfRange", "bigint out of range");
    if (page.offset < 0) return refused_count("InvalidRowCountInResultOffsetClause", "OFFSET must not be negative");
    if (page.limit < -1) return refused_count("InvalidRowCountInLimitClause", "LIMIT must not be negative");
    return Done{};
}

Slice sql_rows(const Page& page, std::int64_t count) {
    const std::int64_t begin = std::clamp<std::int64_t>(page.offset, 0, count);
    if (page.limit < -1 || page.limit >= count - begin) return {begin, count};
    return {begin, begin + page.limit + 1};
}

Slice python_slice(std::int64_t start, std::int64_t stop, std::int64_t count) {
    const auto place = [count](std::int64_t index) {
        return index < 0 ? std::max<std::int64_t>(index + count, 0) : std::min(index, count);
    };
    const std::int64_t begin = place(start);
    return {begin, std::max(begin, place(stop))};
}

Slice memory_rows(const Page& page, std::int64_t count, std::int64_t extra) {
    constexpr std::int64_t kMostRows = std::int64_t{1} << 60;
    const std::int64_t offset = std::clamp(page.offset, -kMostRows, kMostRows);
    return python_slice(offset, offset + std::clamp(page.limit, -kMostRows, kMostRows) + extra, count);
}

ShownRows trim_rows(Slice fetched, std::int64_t limit, std::int64_t count) {
    const bool next = fetched.size() > limit;
    if (next && fetched.size() > 0) --fetched.end;
    return {fetched, count, next};
}

std::string page_metadata(const ShownRows& shown) {
    std::string text = "{\"count\": ";
    append_int(text, shown.count);
    text += ", \"next\": ";
    text += shown.next ? "true" : "false";
    text += '}';
    return text;
}

}  // namespace runsim::api
