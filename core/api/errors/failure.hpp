#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "model/project.hpp"

namespace runsim::api {

// An error of the API itself (http-api.md 3.3). The HTTP status stays 200 unless _http_error_codes is given.
struct ApiError {
    int code = 400;
    std::string_view type;  // "record_not_found"; a literal
    std::string message;
    std::string errors;  // JSON text of the key `errors`; "" omits the key

    // str() of the exception that the real server raises: {'code': 404, 'message': 'Record not found.', ...}.
    std::string python_text() const;
};

// An uncaught Python exception (http-api.md 3.4). The answer has HTTP status 200 and the exception's text in
// `error.exception`.
struct Exception {
    std::string type;  // name in a traceback: "ValueError", "json.decoder.JSONDecodeError"
    std::string text;  // str(exception)
};

// Why a call failed.
using Failure = std::variant<ApiError, Exception>;

// Results in this namespace have a Failure. `runsim::Outcome`, of the layers below, has an Error.
template <class T>
using ResultOf = Result<T, Failure>;
// Success without a value, or a failure.
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
// The failure with the text of Project::missing_pipeline().
Failure no_pipeline(std::string_view uuid, const Project& project);
// "invalid literal for int() with base 10: '<text>'"
Failure not_an_int(std::string_view text);

// An error of the lifecycle with Python's text, as an exception of the matching class.
Failure python_failure(const Error& error);

}  // namespace runsim::api
