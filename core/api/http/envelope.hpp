#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "api/http/http_message.hpp"

namespace runsim::api {

// A named part of a path, decoded, as in `url_parameters`.
struct UrlParameter {
    std::string_view name;
    std::string_view value;
};
using UrlParameters = std::span<const UrlParameter>;

// Replaces `response` by the envelope of http-api.md 3.3. With `http_error_codes` the HTTP status is the error's code.
void write_api_error(Response& response, const ApiError& error, bool http_error_codes);
// The answer to bytes that are not a request: 413 if a limit is exceeded, else 400.
Response refuse(const Error& error);
// Replaces `response` by the envelope of http-api.md 3.4.
void write_exception(Response& response, const Exception& exception, UrlParameters parameters);
// Writes a failure of a hand-written handler. There every failure is an exception.
void write_as_exception(Response& response, const Failure& failure, UrlParameters parameters);

}  // namespace runsim::api
