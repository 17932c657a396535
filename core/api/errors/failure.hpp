#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "model/project.hpp"

namespace runsim::api {

// An error that the API reports in its own words (http-api.md 3.3). The HTTP status stays 200 unless _http_error_codes
// is given.
struct ApiError {
    int code = 400;
    std::string_view type;  // "record_not_found"; a literal
    std::string message;
    std::string errors;  // JSON text of the key `errors`; "" leaves the key out

    // str() of the exception that the real server raises for it: {'code': 404, 'message': 'Record not found.', ...}.
    std::string python_text() const;
};

// A Python exception that nobody caught (http-api.md 3.4): the answer has HTTP status 200 and its text as
// `error.exception`.
struct Exception {
    std::string_view type;  // as a traceback names it: "ValueError", "json.decoder.JSONDecodeError"; a literal
    std::string text;       // str(exception)
};

// Why a call has no answer of its own.
using Failure = std::variant<ApiError, Exception>;

// In this namespace a result is one of the API. `runsim::Outcome`, of the layers below, has an Error.
template <class T>
using ResultOf = Result<T, Failure>;
// Success without a value, or why not.
using Outcome = Result<Done, Failure>;

// --- the failures that occur in many places ---

Failure not_found();                                                 // record_not_found
Failure invalid(std::string message);                                // record_invalid
Failure disabled(std::string_view action, std::string_view plural);  // "The detail action is disabled for block_runs."

Failure value_error(std::string text);
Failure type_error(std::string text);
Failure attribute_error(std::string text);
Failure index_error(std::string text);
Failure lookup_error(std::string text);
Failure plain_exception(std::string text);  // class Exception

// "'<type>' object has no attribute '<name>'"
Failure no_attribute(std::string_view type, std::string_view name);
// Of Project::missing_pipeline().
Failure no_pipeline(std::string_view uuid, const Project& project);
// "invalid literal for int() with base 10: '<text>'"
Failure not_an_int(std::string_view text);

// An error of the lifecycle's, whose text is Python's: the exception of the class that says such things.
Failure python_failure(const Error& error);

}  // namespace runsim::api
