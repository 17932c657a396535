#pragma once

#include "api/calls/routed_request.hpp"

namespace runsim::api {

// http-api.md 5.7
Status receive_event(const RoutedRequest& call, std::string& out);
Status event_matchers(const RoutedRequest& call, std::string& out);  // the list
Status event_matcher(const RoutedRequest& call, std::string& out);   // one of them

}  // namespace runsim::api
