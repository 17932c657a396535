#pragma once

#include "base/date/date_text.hpp"
#include "model/enums.hpp"

namespace runsim {

// How answers write the dates of rows (http-api.md 5.1): postgres' values know their zone, sqlite's do not.
// As in str():
constexpr DateStyle str_date_style(Dialect dialect) {
    return dialect == Dialect::postgres ? DateStyle::space_offset : DateStyle::space;
}
// As in isoformat():
constexpr DateStyle iso_date_style(Dialect dialect) {
    return dialect == Dialect::postgres ? DateStyle::iso_offset : DateStyle::iso;
}

}  // namespace runsim
