#pragma once

#include <cstdint>

#include "api/rows/column.hpp"

namespace runsim::api {

// The id that a client gives to a row, or to a reference of it; NULL is 0, which is none. The databases would keep
// negative and larger ones; here ids are positive, and one that is given leaves ids for the rows that follow it:
// anything else is a ValueError that names it.
inline constexpr std::int64_t kLastGivenId = 2'147'483'647;
ResultOf<std::uint32_t> id_column(const Column& column, const json::Value& value);

}  // namespace runsim::api
