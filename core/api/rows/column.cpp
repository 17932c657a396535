#include "api/rows/column.hpp"

#include <cmath>
#include <limits>

#include "api/rows/record_id.hpp"
#include "base/text/unicode.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

std::string sql_literal(const json::Value& value) {
    if (const std::string* text = value.string()) return "'" + *text + "'";
    return json::python_repr(value);
}

// The driver's error for a value that it cannot convert to SQL.
Failure cannot_bind(const Column& column, const json::Value& value) {
    if (column.dialect == Dialect::postgres) {
        return Exception{"sqlalchemy.exc.ProgrammingError",
                         "(psycopg2.ProgrammingError) can't adapt type '" + std::string(value.python_type()) +
                             "'\n[SQL: INSERT INTO " + std::string(column.table) +
                             "]\n(Background on this error at: https://sqlalche.me/e/14/f405)"};
    }
    return Exception{
        "sqlalchemy.exc.InterfaceError",
        "(sqlite3.InterfaceError) Error binding parameter 0 - probably unsupported type.\n[SQL: INSERT INTO " +
            std::string(column.table) + "]\n(Background on this error at: https://sqlalche.me/e/14/rvf5)"};
}

// An exception of SQLAlchemy while it prepares a value, before the database sees it.
Failure bind_error(const Column& column, std::string_view type, std::string_view text) {
    std::string message = "(builtins.";
    message += type;
    message += ") ";
    message += text;
    message += "\n[SQL: INSERT INTO ";
    message += column.table;
    message += "]\n[parameters: [{}]]";
    return Exception{"sqlalchemy.exc.StatementError", std::move(message)};
}

Failure mismatch(const Column& column, std::string_view column_type, std::string_view value_type,
                 const json::Value& value) {
    std::string message = "column \"";
    message += column.name;
    message += "\" is of type ";
    message += column_type;
    message += " but expression is of type ";
    message += value_type;
    return refused_value("DatatypeMismatch", std::move(message), column.table, sql_literal(value));
}

std::string_view postgres_type(const json::Value& value) {
    if (value.boolean()) return "boolean";
    if (value.integer()) return "integer";
    if (value.big_integer() || value.real()) return "numeric";
    return "text[]";
}

ResultOf<std::optional<std::int64_t>> in_range(const Column& column, std::int64_t value, const json::Value& given) {
    const bool fits =
        value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max();
    if (column.dialect == Dialect::sqlite || fits) return std::optional<std::int64_t>(value);
    if (given.string()) {
        return refused_value("NumericValueOutOfRange",
                             "value \"" + *given.string() + "\" is out of range for type integer", column.table,
                             sql_literal(given));
    }
    return refused_value("NumericValueOutOfRange", "integer out of range", column.table, sql_literal(given));
}

ResultOf<std::optional<std::int64_t>> integer_of_text(const Column& column, const std::string& text,
                                                      const json::Value& value) {
    if (column.dialect == Dialect::postgres) {
        if (text.find('\0') != std::string::npos) return nul_in_text();
        bool out_of_range = false;
        if (const auto number = postgres_integer(text, out_of_range)) return in_range(column, *number, value);
    } else if (const auto number = sqlite_integer(text)) {
        return std::optional<std::int64_t>(*number);
    }
    return refused_value("InvalidTextRepresentation", "invalid input syntax for type integer: \"" + text + "\"",
                         column.table, sql_literal(value));
}

bool has_nan(const json::Value& value) {
    if (const double* real = value.real()) return !std::isfinite(*real);
    if (const json::Array* array = value.array()) {
        for (const json::Value& element : *array)
            if (has_nan(element)) return true;
    }
    if (const json::Object* object = value.object()) {
        for (const json::Member& member : *object)
            if (has_nan(member.value)) return true;
    }
    return false;
}

// Returns the first token that PostgreSQL's JSON does not accept.
std::string_view nan_token(const json::Value& value) {
    if (const double* real = value.real()) return std::isnan(*real) ? "NaN" : *real < 0 ? "-Infinity" : "Infinity";
    if (const json::Array* array = value.array()) {
        for (const json::Value& element : *array)
            if (has_nan(element)) return nan_token(element);
    }
    if (const json::Object* object = value.object()) {
        for (const json::Member& member : *object)
            if (has_nan(member.value)) return nan_token(member.value);
    }
    return "NaN";
}

}  // namespace

ResultOf<std::optional<std::int64_t>> integer_column(const Column& column, const json::Value& value) {
    if (value.is_null()) return std::optional<std::int64_t>();
    if (const std::int64_t* number = value.integer()) return in_range(column, *number, value);
    if (const std::string* text = value.string()) return integer_of_text(column, *text, value);
    const bool sqlite = column.dialect == Dialect::sqlite;
    if (value.big_integer()) {
        if (sqlite) return sqlite_overflow();
        return refused_value("NumericValueOutOfRange", "integer out of range", column.table, sql_literal(value));
    }
    if (const bool* flag = value.boolean()) {
        if (sqlite) return std::optional<std::int64_t>(*flag ? 1 : 0);
        return mismatch(column, "integer", "boolean", value);
    }
    if (const double* real = value.real()) {
        // PostgreSQL rounds to the nearest integer; sqlite accepts only whole numbers.
        if (std::isfinite(*real) && std::fabs(*real) < 9e15 && (!sqlite || *real == std::floor(*real))) {
            return in_range(column, static_cast<std::int64_t>(std::nearbyint(*real)), value);
        }
        return refused_value("NumericValueOutOfRange", "integer out of range", column.table, sql_literal(value));
    }
    if (value.array() && !sqlite) return mismatch(column, "integer", "text[]", value);
    return cannot_bind(column, value);
}

ResultOf<std::optional<std::string>> text_column(const Column& column, const json::Value& value, std::size_t most) {
    const bool sqlite = column.dialect == Dialect::sqlite;
    std::string text;
    if (value.is_null()) return std::optional<std::string>();
    if (const std::string* given = value.string()) {
        text = *given;
    } else if (const bool* flag = value.boolean()) {
        text = sqlite ? (*flag ? "1" : "0") : (*flag ? "true" : "false");
    } else if (value.object() || (value.array() && sqlite)) {
        return cannot_bind(column, value);
    } else if (const json::Array* array = value.array()) {
        text = "{";
        for (const json::Value& element : *array) {
            if (&element != array->data()) text += ',';
            text += element.string() ? *element.string() : json::python_repr(element);
        }
        text += '}';
    } else {
        text = json::python_repr(value);
    }
    if (!sqlite) {
        if (text.find('\0') != std::string::npos) return nul_in_text();
        if (most > 0 && text.size() > most && character_count(text) > most) {
            return refused({.error_class = "StringDataRightTruncation",
                            .message = "value too long for type character varying(" + std::to_string(most) + ")",
                            .line = {},
                            .caret = 0,
                            .sql = "INSERT INTO " + std::string(column.table),
                            .parameters = {},
                            .code = "9h9h"});
        }
    }
    return std::optional<std::string>(std::move(text));
}

ResultOf<std::optional<bool>> boolean_column(const Column& column, const json::Value& value) {
    if (value.is_null()) return std::optional<bool>();
    if (const bool* flag = value.boolean()) return std::optional<bool>(*flag);
    if (const std::int64_t* number = value.integer()) {
        if (*number == 0 || *number == 1) return std::optional<bool>(*number == 1);
        return bind_error(column, "ValueError", "Value " + json::python_repr(value) + " is not None, True, or False");
    }
    if (const double* real = value.real(); real && (*real == 0 || *real == 1)) return std::optional<bool>(*real == 1);
    if (value.array() || value.object()) {
        return bind_error(column, "TypeError", "unhashable type: '" + std::string(value.python_type()) + "'");
    }
    return bind_error(column, "TypeError", "Not a boolean value: " + json::python_repr(value));
}

ResultOf<json::Text> json_column(const Column& column, const json::Value& value) {
    if (column.dialect == Dialect::postgres && has_nan(value)) {
        std::string message = "invalid input syntax for type json";
        std::string detail = "\nDETAIL:  Token \"";
        detail += nan_token(value);
        detail += "\" is invalid.";
        return refused_value("InvalidTextRepresentation", message + detail, column.table,
                             "'" + json::to_text(value) + "'");
    }
    return json::Text::of(value);
}

Instant stored_date(Dialect dialect, const WrittenDate& date) {
    return dialect == Dialect::sqlite ? date.clock : date.utc();
}

ResultOf<MaybeInstant> date_column(const Column& column, const json::Value& value, const WrittenDate* parsed) {
    if (parsed) return MaybeInstant(stored_date(column.dialect, *parsed));
    if (value.is_null()) return MaybeInstant();
    if (column.dialect == Dialect::sqlite) {
        return bind_error(column, "TypeError",
                          "SQLite DateTime type only accepts Python datetime and date objects as input.");
    }
    const std::string* text = value.string();
    if (!text) {
        if (value.object()) return cannot_bind(column, value);
        return mismatch(column, "timestamp with time zone", postgres_type(value), value);
    }
    if (text->find('\0') != std::string::npos) return nul_in_text();
    if (const auto iso = parse_iso_date(trim(*text))) return MaybeInstant(iso->utc());
    return refused_value("InvalidDatetimeFormat",
                         "invalid input syntax for type timestamp with time zone: \"" + *text + "\"", column.table,
                         sql_literal(value));
}

std::string enum_lookup_text(std::string_view text, std::string_view type, const std::string_view* names,
                             std::size_t count) {
    std::string out = "'";
    out += text;
    out += "' is not among the defined enum values. Enum name: ";
    out += type;
    out += ". Possible values: ";
    // Of more than four names only the first three and the last are shown.
    for (std::size_t i = 0; i < count; ++i) {
        if (count > 4 && i == 3) {
            out += ", ...";
            i = count - 1;
        }
        if (i > 0) out += ", ";
        out += to_upper(names[i]);
    }
    return out;
}

Failure not_an_enumerator(const Column& column, const json::Value& value, std::string_view type,
                          const std::string_view* names, std::size_t count) {
    if (value.array() || value.object()) {
        return bind_error(column, "TypeError", "unhashable type: '" + std::string(value.python_type()) + "'");
    }
    const std::string* text = value.string();
    if (!text) return bind_error(column, "LookupError", enum_lookup_text(json::python_repr(value), type, names, count));
    if (column.dialect == Dialect::sqlite) return lookup_error(enum_lookup_text(*text, type, names, count));
    if (text->find('\0') != std::string::npos) return nul_in_text();
    return refused_value("InvalidTextRepresentation", enum_refusal(type, *text), column.table, sql_literal(value));
}

}  // namespace runsim::api
