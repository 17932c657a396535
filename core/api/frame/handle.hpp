#pragma once

#include "api/http/http_message.hpp"
#include "api/runs/run_text_cache.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Answers one request to /api and to every other path that the real server has (http-api.md). Never fails: what cannot
// be answered gets the server's own error. `cache` is no part of the world: it keeps the text of finished runs.
Response handle(Instance& instance, RunTextCache& cache, const Request& request);

}  // namespace runsim::api
