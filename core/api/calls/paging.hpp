#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "api/calls/call.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// `_limit` and `_offset` of a LIST (http-api.md 2.2, 2.3). Both may be negative.
struct Page {
    std::int64_t limit = 40;
    std::int64_t offset = 0;
    bool too_large = false;  // limit + 1 or offset is beyond 64 bits
};
// Reads them as Python's int() does.
ResultOf<Page> read_page(const Query& query);
// Fails if the database refuses a statement with LIMIT limit + 1 OFFSET offset (http-api.md 2.2, 14.3).
Outcome check_sql_page(const Page& page, Dialect dialect);

// The elements [begin, end) of a list.
struct Slice {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t size() const { return end - begin; }
};
// The rows that LIMIT limit + 1 OFFSET offset fetches of `count`. A negative limit is no limit (sqlite only).
Slice sql_rows(const Page& page, std::int64_t count);
// Python's list[offset : offset + limit + extra] of a list of `count` elements, for any offset and limit. No row is
// beyond 2^60.
Slice memory_rows(const Page& page, std::int64_t count, std::int64_t extra = 1);
// Python's list[start:stop] of a list of `count` elements.
Slice python_slice(std::int64_t start, std::int64_t stop, std::int64_t count);

// The visible part of a list of `count` elements, and whether more elements follow.
struct ShownRows {
    Slice rows;
    std::int64_t count = 0;
    bool next = false;
};
// Hides the last row if more than `limit` rows were fetched.
ShownRows trim_rows(Slice fetched, std::int64_t limit, std::int64_t count);
inline ShownRows all_rows(std::int64_t count) { return {{0, count}, count, false}; }

// {"count": n, "next": bool}
std::string page_metadata(const ShownRows& shown);

// Appends the shown rows as a JSON array, and sets the call's metadata to page_metadata(). append(i) appends the i-th
// element of the list. It returns nothing, or an Outcome: the first failure ends the page.
template <class Append>
Outcome write_page(Call& call, std::string& out, const ShownRows& shown, Append append) {
    out += '[';
    for (std::int64_t i = shown.rows.begin; i < shown.rows.end; ++i) {
        if (i > shown.rows.begin) out += ", ";
        if constexpr (std::is_void_v<decltype(append(std::size_t{}))>) {
            append(static_cast<std::size_t>(i));
        } else {
            if (auto done = append(static_cast<std::size_t>(i)); !done) return done;
        }
    }
    out += ']';
    call.metadata = page_metadata(shown);
    return Done{};
}

}  // namespace runsim::api
