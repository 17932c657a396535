#include "api/errors/database_error.hpp"

namespace runsim::api {

namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

std::string_view class_name(std::string_view error_class) {
    // A traceback names the wrapper: the driver's classes for bad data are DataErrors, those for broken rules
    // IntegrityErrors.
    if (error_class.ends_with("Violation")) return "sqlalchemy.exc.IntegrityError";
    if (error_class.starts_with("Undefined") || error_class == "DatatypeMismatch")
        return "sqlalchemy.exc.ProgrammingError";
    return "sqlalchemy.exc.DataError";
}

std::string_view table_of(std::string_view column) { return column.substr(0, column.find('.')); }

}  // namespace

Failure refused(const Refusal& refusal) {
    std::string text = join({"(psycopg2.errors.", refusal.error_class, ") ", refusal.message, "\n"});
    if (!refusal.line.empty()) {
        text += refusal.line;
        text += '\n';
        text.append(refusal.caret, ' ');
        text += "^\n";
    }
    text += join({"\n[SQL: ", refusal.sql, "]\n"});
    if (!refusal.parameters.empty()) text += join({"[parameters: ", refusal.parameters, "]\n"});
    text += join({"(Background on this error at: https://sqlalche.me/e/14/", refusal.code, ")"});
    return Exception{std::string(class_name(refusal.error_class)), std::move(text)};
}

Failure refused_in_where(std::string_view error_class, std::string message, std::string_view column,
                         std::string_view literal) {
    const std::string before = join({"LINE 3: WHERE ", column, " = "});
    const std::string_view table = table_of(column);
    return refused({.error_class = error_class,
                    .message = std::move(message),
                    .line = join({before, literal}),
                    .caret = before.size(),
                    .sql = join({"SELECT ", table, ".* \nFROM ", table, " \nWHERE ", column, " = %(value)s"}),
                    .parameters = join({"{'value': ", literal, "}"}),
                    .code = "9h9h"});
}

Failure refused_value(std::string_view error_class, std::string message, std::string_view table,
                      std::string_view literal) {
    const std::string before = join({"LINE 1: ...INTO ", table, " VALUES ("});
    return refused({.error_class = error_class,
                    .message = std::move(message),
                    .line = join({before, literal}),
                    .caret = before.size(),
                    .sql = join({"INSERT INTO ", table, " VALUES (%(value)s) RETURNING ", table, ".id"}),
                    .parameters = join({"{'value': ", literal, "}"}),
                    .code = "9h9h"});
}

std::string enum_refusal(std::string_view type, std::string_view text) {
    return join({"invalid input value for enum ", type, ": \"", text, "\""});
}

Failure sqlite_overflow() { return Exception{"OverflowError", "Python int too large to convert to SQLite INTEGER"}; }

Failure nul_in_text() { return value_error("A string literal cannot contain NUL (0x00) characters."); }

}  // namespace runsim::api
