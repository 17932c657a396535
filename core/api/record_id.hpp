#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/failure.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// The id that a text of a path or query stands for, as the database compares it with an integer column (http-api.md Q25, 14.3).
// None: no row has it. `column` is "pipeline_run.id".
//   sqlite    any text that is a whole number: 01, 1.0, +1, 1e0, with blanks around it; every other text is no id
//   postgres  digits with blanks and a sign; every other text is refused
ResultOf<std::optional<std::uint32_t>> id_of(Dialect dialect, std::string_view text, std::string_view column);

// The integer in the text of a PostgreSQL integer literal, or none.
std::optional<std::int64_t> postgres_integer(std::string_view text, bool& out_of_range);
// The whole number that SQLite makes of a text compared with an integer column, or none.
std::optional<std::int64_t> sqlite_integer(std::string_view text);

}  // namespace runsim::api
