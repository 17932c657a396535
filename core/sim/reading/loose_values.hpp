#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace runsim {

// Values of Mage's own files, which may be anything, read as Python reads them.

// The value of a key, null if there is none.
const json::Value& value_of(const json::Object& object, std::string_view key);
// A text, or `fallback` if there is none or the value is something else.
std::string text_or(const json::Object& object, std::string_view key, std::string_view fallback);
// The texts of a list. A text counts as the list of its characters, a mapping as that of its keys.
std::vector<std::string> texts_of(const json::Object& object, std::string_view key);
// int(value). Returns nullopt if that raises, or if the number is beyond 64 bits.
std::optional<std::int64_t> python_int(const json::Value& value);

}  // namespace runsim
