#pragma once

#include <string>
#include <string_view>

#include "api/errors/failure.hpp"
#include "api/http/envelope.hpp"
#include "api/http/http_message.hpp"
#include "lifecycle/instance/instance.hpp"

namespace runsim::api {

class RunTextCache;

// A call of one of the hand-written handlers (http-api.md 5.7, 8.6, 8.7): no safety check, no metadata, and every
// failure is an ERR500.
struct OwnCall {
    Instance& instance;
    RunTextCache& cache;
    const Request& request;
    std::string_view query;  // raw
    const UrlParameters& url;

    // A named part of the path, decoded; none where the route has none of that name.
    const std::string* parameter(std::string_view name) const {
        for (const UrlParameter& parameter : url)
            if (parameter.name == name) return &parameter.value;
        return nullptr;
    }
};

// Appends the whole body to `out`.
using OwnHandler = Status (*)(OwnCall& call, std::string& out);

}  // namespace runsim::api
