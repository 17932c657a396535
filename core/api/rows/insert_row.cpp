#include "api/rows/insert_row.hpp"

#include "api/errors/database_error.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

std::string number_text(std::uint32_t number) {
    std::string text;
    append_int(text, number);
    return text;
}

Failure broken_rule(std::string_view error_class, std::string message, std::string_view table) {
    return refused({.error_class = error_class,
                    .message = std::move(message),
                    .line = {},
                    .caret = 0,
                    .sql = "INSERT INTO " + std::string(table),
                    .parameters = {},
                    .code = "gkpj"});
}

}  // namespace

Failure id_taken(Dialect dialect, std::string_view table, std::uint32_t id) {
    const std::string name(table);
    if (dialect == Dialect::sqlite) {
        return Exception{"sqlalchemy.exc.IntegrityError",
                         "(sqlite3.IntegrityError) UNIQUE constraint failed: " + name + ".id\n[SQL: INSERT INTO " +
                             name + "]\n(Background on this error at: https://sqlalche.me/e/14/gkpj)"};
    }
    return broken_rule("UniqueViolation",
                       "duplicate key value violates unique constraint \"" + name + "_pkey\"\nDETAIL:  Key (id)=(" +
                           number_text(id) + ") already exists.",
                       table);
}

Failure no_such_row(std::string_view table, std::string_view column, std::string_view target, std::uint32_t id,
                    std::string_view constraint) {
    const std::string name(column);
    const std::string usual = std::string(table) + "_" + name + "_fkey";
    return broken_rule("ForeignKeyViolation",
                       "insert or update on table \"" + std::string(table) + "\" violates foreign key constraint \"" +
                           (constraint.empty() ? usual : std::string(constraint)) + "\"\nDETAIL:  Key (" + name +
                           ")=(" + number_text(id) + ") is not present in table \"" + std::string(target) + "\".",
                       table);
}

Failure still_referenced(std::string_view table, std::string_view source, std::uint32_t id) {
    const std::string name(source);
    return broken_rule("ForeignKeyViolation",
                       "update or delete on table \"" + std::string(table) + "\" violates foreign key constraint \"" +
                           name + "_" + std::string(table) + "_id_fkey\" on table \"" + name +
                           "\"\nDETAIL:  Key (id)=(" + number_text(id) + ") is still referenced from table \"" + name +
                           "\".",
                       table);
}

}  // namespace runsim::api
