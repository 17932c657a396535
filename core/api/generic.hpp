#pragma once

#include "api/envelope.hpp"
#include "api/http_message.hpp"
#include "api/query.hpp"
#include "api/route.hpp"
#include "api/run_text_cache.hpp"
#include "lifecycle/instance.hpp"

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
