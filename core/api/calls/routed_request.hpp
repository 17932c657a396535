#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/errors/failure.hpp"
#include "api/http/envelope.hpp"
#include "api/http/http_message.hpp"
#include "api/http/query.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

class RunTextCache;

// A request whose path has a route, with what any handler may need. Valid during handle().
struct RoutedRequest {
    Instance& instance;
    RunTextCache& cache;
    const Request& request;
    const Query& query;
    UrlParameters url;

    // Returns a named part of the path, decoded, or "" if the route has no such part. No part is empty.
    std::string_view part(std::string_view name) const {
        for (const UrlParameter& parameter : url)
            if (parameter.name == name) return parameter.value;
        return {};
    }
};

// Returns the token of a call by token: from the path, or else from the Authorization header.
std::optional<std::string> given_token(const RoutedRequest& request);

// A hand-written handler (http-api.md 5.7, 8.6, 8.7): no safety check, no metadata. It appends the whole body to `out`.
// Every failure is answered as an exception (http-api.md 3.4).
using RouteHandler = Outcome (*)(const RoutedRequest& request, std::string& out);

}  // namespace runsim::api
