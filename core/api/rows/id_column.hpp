#pragma once

#include <cstdint>

#include "api/rows/column.hpp"

namespace runsim::api {

// An id that a client sets for a row or a reference. NULL is 0, which means none. The databases would also keep
// negative and larger ids. Here ids are positive, and ids must be left for later rows: anything else is a ValueError
// that names the value.
inline constexpr std::int64_t kLastGivenId = 2'147'483'647;
ResultOf<std::uint32_t> id_column(const Column& column, const json::Value& value);

}  // namespace runsim::api
