#include "api/calls/routed_request.hpp"

#include "api/http/bearer_token.hpp"

namespace runsim::api {

std::optional<std::string> given_token(const RoutedRequest& request) {
    const std::string_view in_path = request.part("token");
    return in_path.empty() ? bearer_token(request.request.header("Authorization")) : std::string(in_path);
}

}  // namespace runsim::api
