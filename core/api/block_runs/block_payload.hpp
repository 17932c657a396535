#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "json/value.hpp"

namespace runsim::api {

// The uuid of a block of that name; "'int' object has no attribute 'replace'" where it is no text that says something.
ResultOf<std::string> clean_block_name(const json::Value& name);

// What Python iterates over in a value: the texts of a list, the keys of an object, the characters of a text. None are
// in null, and in nullptr. "'int' object is not iterable"
ResultOf<std::vector<std::string>> names_in(const json::Value* value);

// The language of a file's ending. Returns "" if there is none.
std::string language_of_ending(std::string_view ending);

}  // namespace runsim::api
