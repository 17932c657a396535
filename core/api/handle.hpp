#pragma once

#include "api/http_message.hpp"
#include "api/run_text_cache.hpp"
#include "lifecycle/instance.hpp"

namespace runsim::api {

// Answers one request to /api and to every other path that the real server has (http-api.md). Never fails: what cannot
// be answered gets the server's own error. `cache` is no part of the world: it keeps the text of finished runs.
Response handle(Instance& instance, RunTextCache& cache, const Request& request);

}  // namespace runsim::api
