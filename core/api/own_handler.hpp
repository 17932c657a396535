#pragma once

#include <string>
#include <string_view>

#include "api/envelope.hpp"
#include "api/failure.hpp"
#include "api/http_message.hpp"
#include "api/run_text_cache.hpp"
#include "lifecycle/instance.hpp"

namespace runsim::api {

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

Status trigger_pipeline(OwnCall& call, std::string& out);  // 8.6: both forms of the trigger
Status run_block(OwnCall& call, std::string& out);         // 8.7
// The output of a block as a file; headers are the frame's.
Status download_block_output(OwnCall& call, std::string& out);
Status receive_event(OwnCall& call, std::string& out);   // 5.7
Status event_matchers(OwnCall& call, std::string& out);  // 5.7: the list
Status event_matcher(OwnCall& call, std::string& out);   // 5.7: one of them

}  // namespace runsim::api
