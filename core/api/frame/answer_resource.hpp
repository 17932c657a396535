#pragma once

#include <vector>

#include "api/frame/route.hpp"

namespace runsim::api {

// Answers a request to a resource in the order of http-api.md 1.6. `body_arguments` are the fields of a form body.
Response answer_resource(const RoutedRequest& request, const Route& route,
                         const std::vector<Parameter>& body_arguments);

}  // namespace runsim::api
