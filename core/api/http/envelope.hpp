#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "api/http/http_message.hpp"

namespace runsim::api {

// The named parts of a path, decoded, as `url_parameters` shows them.
struct UrlParameter {
    std::string_view name;
    std::string value;
};
using UrlParameters = std::vector<UrlParameter>;

// Turns `response`, whatever stands in it, into the envelope of http-api.md 3.3; `http_error_codes` makes the HTTP
// status the error's code.
void write_api_error(Response& response, const ApiError& error, bool http_error_codes);
// The answer to bytes that are no request: 413 if a limit is passed, else 400.
Response refuse(const Error& error);
// Turns `response`, whatever stands in it, into the envelope of http-api.md 3.4.
void write_exception(Response& response, const Exception& exception, const UrlParameters& parameters);
// How a failure leaves the hand-written handlers: every one is an exception there.
void write_as_exception(Response& response, const Failure& failure, const UrlParameters& parameters);

}  // namespace runsim::api
