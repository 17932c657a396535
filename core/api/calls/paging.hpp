#pragma once

#include <algorithm>
#include <cstdint>

#include "api/http/query.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// `_limit` and `_offset` of a LIST (http-api.md 2.2, 2.3). Both may be negative.
struct Page {
    std::int64_t limit = 40;
    std::int64_t offset = 0;
};
// What Python's int() makes of them.
ResultOf<Page> read_page(const Query& query);
// What a statement with LIMIT limit + 1 OFFSET offset refuses, by database (2.2, 14.3).
Status check_sql_page(const Query& query, Dialect dialect);

// A part of a list of `size` elements: [begin, end).
struct Slice {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t size() const { return end - begin; }
};
// The rows that LIMIT limit + 1 OFFSET offset fetches of `count`: without a limit where it is negative (sqlite only).
Slice sql_rows(const Page& page, std::int64_t count);
// Python's list[offset : offset + limit + extra] of a list of `count` elements, for any offset and limit: beyond 2^60
// there is no row.
Slice memory_rows(const Page& page, std::int64_t count, std::int64_t extra = 1);
// Python's list[start:stop] of a list of `count` elements.
Slice python_slice(std::int64_t start, std::int64_t stop, std::int64_t count);

// From the fetched rows to the page: `next` is that there are more than the limit, and then the last one is dropped.
struct Trimmed {
    std::int64_t size = 0;
    bool next = false;
};
inline Trimmed trim_rows(std::int64_t fetched, std::int64_t limit) {
    const bool next = fetched > limit;
    return {next ? std::max<std::int64_t>(fetched - 1, 0) : fetched, next};
}

// The metadata of a LIST: {"count": n, "next": bool}
std::string page_metadata(std::int64_t count, bool next);

}  // namespace runsim::api
