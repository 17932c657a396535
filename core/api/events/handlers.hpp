#pragma once

#include "api/calls/handwritten.hpp"

namespace runsim::api {

// http-api.md 5.7
Status receive_event(OwnCall& call, std::string& out);
Status event_matchers(OwnCall& call, std::string& out);  // the list
Status event_matcher(OwnCall& call, std::string& out);   // one of them

}  // namespace runsim::api
