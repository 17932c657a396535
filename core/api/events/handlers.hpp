#pragma once

#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.7
Outcome receive_event(const RoutedRequest& call, std::string& out);
Outcome event_matchers(const RoutedRequest& call, std::string& out);  // the list
Outcome event_matcher(const RoutedRequest& call, std::string& out);   // one of them

}  // namespace runsim::api
