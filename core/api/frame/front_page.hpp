#pragma once

#include <string_view>

#include "api/http/http_message.hpp"

namespace runsim::api {

// The answer to GET of a page of the web UI, which runsim does not have: a page that says what this server is and where
// to look. For /favicon.ico an image.
Response front_page(std::string_view path);

}  // namespace runsim::api
