#pragma once

#include <string>
#include <string_view>

#include "api/http/http_message.hpp"
#include "json/value.hpp"

namespace runsim::api {

// The digest (model/accounts.hpp) of a password that a request has. A request that is played from a journal has digests
// already.
std::string digest_of(std::string_view password, const Request& request);

// Replaces the passwords in the body of a request about sessions or users by their digests. Played, it then does the
// same. Returns whether there were any. `is_played`: it may have digests already.
bool digest_passwords(json::Value& body, bool is_played);

}  // namespace runsim::api
