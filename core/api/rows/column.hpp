#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/errors/database_error.hpp"
#include "api/errors/failure.hpp"
#include "base/date/date_text.hpp"
#include "base/text/text.hpp"
#include "base/time.hpp"
#include "json/text.hpp"
#include "json/value.hpp"
#include "model/enums.hpp"

namespace runsim::api {

// Converts a value from a client to a column's value, as each database does (http-api.md 5.2, 7.2, 14.3). Returns the
// stored value, or the exception that the statement raises. null is NULL for every column.
struct Column {
    Dialect dialect;
    std::string_view table;  // pipeline_run
    std::string_view name;   // execution_date
};

// Integer: 32 bits on postgres. Accepts texts that are numbers. (sqlite would keep other texts, which no row here can
// hold: they fail with its TypeError.)
ResultOf<std::optional<std::int64_t>> integer_column(const Column& column, const json::Value& value);

// String(255), or Text if `most` is 0. Numbers are stored as text.
ResultOf<std::optional<std::string>> text_column(const Column& column, const json::Value& value,
                                                 std::size_t most = 255);

ResultOf<std::optional<bool>> boolean_column(const Column& column, const json::Value& value);

// JSON: any value, except NaN or Infinity on postgres.
ResultOf<json::Text> json_column(const Column& column, const json::Value& value);

// DateTime(timezone=True). `parsed` is the date if a parser has read the text (Call::date), else null. sqlite drops the
// zone, postgres converts to UTC (http-api.md 14.1). An unparsed text is read by postgres, and refused by sqlite.
ResultOf<MaybeInstant> date_column(const Column& column, const json::Value& value, const WrittenDate* parsed);
Instant stored_date(Dialect dialect, const WrittenDate& date);

// The failure for a value that is not an enumerator. `names` are the stored names, the JSON spellings in capitals.
Failure not_an_enumerator(const Column& column, const json::Value& value, std::string_view type,
                          const std::string_view* names, std::size_t count);

// Enum: the JSON spelling or the stored name.
template <class E>
ResultOf<std::optional<E>> enum_column(const Column& column, const json::Value& value) {
    if (value.is_null()) return std::optional<E>();
    if (const std::string* text = value.string()) {
        if (const auto known = enum_of_stored<E>(*text)) return known;
    }
    const auto& names = EnumSpelling<E>::names;
    return not_an_enumerator(column, value, EnumSpelling<E>::type, names.data(), names.size());
}

// "'zzz' is not among the defined enum values. Enum name: pipelinerunstatus. Possible values: INITIAL, RUNNING,
// COMPLETED, ..., CANCELLED"
std::string enum_lookup_text(std::string_view text, std::string_view type, const std::string_view* names,
                             std::size_t count);

}  // namespace runsim::api
