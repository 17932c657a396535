#pragma once

#include <string>
#include <string_view>

#include "api/errors/failure.hpp"

namespace runsim::api {

// A refusal by the database (http-api.md 14.3). The exception's text is
//   (psycopg2.errors.<class>) <message>\nLINE 1: <line>\n<blanks>^\n\n[SQL: ...]\n[parameters: ...]\n(Background on
//   this error at: ...)
// The statement is shorter than the real server's.
struct Refusal {
    std::string_view error_class;  // InvalidTextRepresentation
    std::string message;           // may hold a DETAIL line
    std::string line;              // "LINE 3: WHERE pipeline_run.id = 'abc'"; "" if the database gives no position
    std::size_t caret = 0;         // the position in `line` of the arrow
    std::string sql;
    std::string parameters;  // in Python's form; "" omits the part
    std::string_view code;   // code of the page with explanations: 9h9h, f405, gkpj ...
};
Failure refused(const Refusal& refusal);

// A refused comparison with a constant in the WHERE clause of a SELECT. `column` is "pipeline_run.id", `literal` the
// constant as SQL writes it.
Failure refused_in_where(std::string_view error_class, std::string message, std::string_view column,
                         std::string_view literal);
// A refused value of an INSERT or UPDATE of `table`.
Failure refused_value(std::string_view error_class, std::string message, std::string_view table,
                      std::string_view literal);

// invalid input value for enum <type>: "<text>"
std::string enum_refusal(std::string_view type, std::string_view text);
// The driver's ValueError: a text with a NUL never reaches the database.
Failure nul_in_text();
// The OverflowError of sqlite's driver for an integer beyond 64 bits.
Failure sqlite_overflow();

}  // namespace runsim::api
