#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace runsim {

// Values of Mage's own files, which may have any type, read as Python reads them.

// Returns the value of a key, or null if there is none.
const json::Value& value_of(const json::Object& object, std::string_view key);
// Returns a text, or `fallback` if it is absent or not a text.
std::string text_or(const json::Object& object, std::string_view key, std::string_view fallback);
// Returns the texts of a list. A text counts as the list of its characters, a mapping as the list of its keys.
std::vector<std::string> texts_of(const json::Object& object, std::string_view key);
// int(value). Returns nullopt if that raises, or if the number is beyond 64 bits.
std::optional<std::int64_t> python_int(const json::Value& value);

}  // namespace runsim
