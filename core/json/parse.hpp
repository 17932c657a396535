#pragma once

#include <string_view>

#include "base/result.hpp"
#include "json/value.hpp"

namespace runsim::json {

// How deep lists and objects may nest: Python's own recursion limit stops json.loads at about this depth.
inline constexpr int kMaxDepth = 900;

// Python's json.loads of a request body: accepts NaN and Infinity, keeps integers of any length, lets the last of equal
// keys win at the first one's place. Errors are the stdlib's: "Expecting value: line 1 column 1 (char 0)". Deeper
// nesting than kMaxDepth gives "maximum recursion depth exceeded while decoding a JSON array from a unicode string" (or
// object), as Python does.
Result<Value> parse(std::string_view text);

// A document of our own making (project document, control requests), read by nlohmann/json: strict JSON, the same
// limits, integers of 64 bits. `what` names the document in errors: "project document: line 3, column 7: ...".
Result<Value> parse_document(std::string_view text, std::string_view what);

}  // namespace runsim::json
