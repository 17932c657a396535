#pragma once

#include "api/http/http_message.hpp"
#include "api/runs/run_text_cache.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// Answers one request to /api or to any other path of the real server (http-api.md). Never fails: a request that cannot
// be answered gets the server's own error. `cache` keeps the text of finished runs; it is not part of the world.
Response handle(Instance& instance, RunTextCache& cache, const Request& request);

}  // namespace runsim::api
