#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/value.hpp"

namespace runsim::json {

// Values of Mage's own files, which may have any type, read as Python reads them.

// Returns the value of a key, or null if there is none.
const Value& value_of(const Object& object, std::string_view key);
// Returns a text, or `fallback` if it is absent or not a text.
std::string text_or(const Object& object, std::string_view key, std::string_view fallback);
// Returns the texts of a list. A text counts as the list of its characters, a mapping as the list of its keys.
std::vector<std::string> texts_of(const Object& object, std::string_view key);
// int(value). Returns nullopt if that raises, or if the number is beyond 64 bits.
std::optional<std::int64_t> python_int(const Value& value);
// Reads a number of seconds. Returns nullopt if it is not a number, below zero, or longer than kLongestDuration.
std::optional<Duration> seconds_of(const Value& value);

}  // namespace runsim::json
