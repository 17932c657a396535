#include "api/rows/id_column.hpp"

#include "base/text/text.hpp"
#include "json/write.hpp"

namespace runsim::api {

ResultOf<std::uint32_t> id_column(const Column& column, const json::Value& value) {
    const auto number = integer_column(column, value);
    if (!number) return number.error();
    const std::int64_t id = number->value_or(0);
    if (id >= 0 && id <= kLastGivenId) return static_cast<std::uint32_t>(id);
    std::string text(column.table);
    text += '.';
    text += column.name;
    text += ": ";
    text += json::python_repr(value);
    text += " is not an id that runsim can keep (1 to ";
    append_int(text, kLastGivenId);
    text += ')';
    return value_error(std::move(text));
}

}  // namespace runsim::api
