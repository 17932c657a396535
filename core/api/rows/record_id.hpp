#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/errors/failure.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// Returns the id in a text of a path or query: digits with a sign and blanks around them (http-api.md 14.3). Returns
// nullopt if no row can have it. `column` is "pipeline_run.id". postgres refuses every other text; on sqlite it is no
// id (there the real server also accepts 1.0 and 1e0 for row 1, Q25).
ResultOf<std::optional<std::uint32_t>> id_of(Dialect dialect, std::string_view text, std::string_view column);

// Returns the integer in a PostgreSQL integer literal, or nullopt.
std::optional<std::int64_t> postgres_integer(std::string_view text, bool& out_of_range);
// Returns the whole number that SQLite compares with an integer column for a text, or nullopt.
std::optional<std::int64_t> sqlite_integer(std::string_view text);

}  // namespace runsim::api
