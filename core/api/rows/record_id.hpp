#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/errors/failure.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// The id that a text of a path or query stands for: digits with a sign and blanks around them (http-api.md 14.3).
// None: no row has it. `column` is "pipeline_run.id". Every other text is refused by postgres, and no id on sqlite;
// there the real server would also take 1.0 and 1e0 for row 1 (Q25).
ResultOf<std::optional<std::uint32_t>> id_of(Dialect dialect, std::string_view text, std::string_view column);

// The integer in the text of a PostgreSQL integer literal, or none.
std::optional<std::int64_t> postgres_integer(std::string_view text, bool& out_of_range);
// The whole number that SQLite makes of a text compared with an integer column, or none.
std::optional<std::int64_t> sqlite_integer(std::string_view text);

}  // namespace runsim::api
