#pragma once

#include "api/frame/route.hpp"
#include "api/http/envelope.hpp"
#include "api/http/http_message.hpp"
#include "api/http/query.hpp"
#include "api/runs/run_text_cache.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

// What the frame knows of a request to a generic resource before it looks at the resource.
struct GenericRequest {
    Instance& instance;
    RunTextCache& cache;
    const Request& request;
    const Route& route;
    const Query& query;
    const std::vector<Parameter>& body_arguments;
    const UrlParameters& url;
};

// Performs the call in the order of http-api.md 1.6 and writes the answer.
void answer_generic(const GenericRequest& generic, Response& response);

}  // namespace runsim::api
