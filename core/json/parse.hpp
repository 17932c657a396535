#pragma once

#include <string_view>

#include "base/result.hpp"
#include "json/value.hpp"

namespace runsim::json {

// How deep lists and objects may nest: Python's own recursion limit stops json.loads at about this depth.
inline constexpr int kMaxDepth = 900;

// Python's json.loads of a request body: accepts NaN and Infinity, keeps integers of any length, and lets the last of
// equal keys win, at the place of the first. Errors are the stdlib's: "Expecting value: line 1 column 1 (char 0)".
// Nesting deeper than kMaxDepth gives "maximum recursion depth exceeded while decoding a JSON array from a unicode
// string" (or object), as in Python.
Result<Value> parse(std::string_view text);

// Parses a document in our own format (project document, control requests) with nlohmann/json: strict JSON, the same
// limits, 64-bit integers. `what` names the document in errors: "project document: line 3, column 7: ...".
Result<Value> parse_document(std::string_view text, std::string_view what);

}  // namespace runsim::json
