#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/value.hpp"

namespace runsim::json {

// Values of Mage's own files, which may be anything, read as Python reads them.

// The value of a key, null if there is none.
const Value& value_of(const Object& object, std::string_view key);
// A text, or `fallback` if there is none or the value is something else.
std::string text_or(const Object& object, std::string_view key, std::string_view fallback);
// The texts of a list. A text counts as the list of its characters, a mapping as that of its keys.
std::vector<std::string> texts_of(const Object& object, std::string_view key);
// int(value). Returns nullopt if that raises, or if the number is beyond 64 bits.
std::optional<std::int64_t> python_int(const Value& value);
// A number of seconds, to the microsecond. Returns nullopt if it is no number, below zero, or longer than
// kLongestDuration.
std::optional<Duration> seconds_of(const Value& value);

}  // namespace runsim::json
