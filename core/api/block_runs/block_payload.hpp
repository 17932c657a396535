#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"

namespace runsim::api {

// Returns the uuid of a block with that name. Fails with "'int' object has no attribute 'replace'" for a truthy
// non-text.
ResultOf<std::string> clean_block_name(const json::Value& name);

// Returns what Python iterates over in a value: the texts of a list, the keys of an object, the characters of a text.
// Returns none for null and nullptr. Fails with "'int' object is not iterable".
ResultOf<std::vector<std::string>> names_in(const json::Value* value);

// Returns the language of a file extension, or "" if there is none.
std::string language_of_ending(std::string_view ending);

}  // namespace runsim::api
