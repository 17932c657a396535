#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace runsim::api {

// The digest (model/accounts.hpp) of a password that a request has. `is_played`: it may be a digest already.
std::string digest_of(std::string_view password, bool is_played);

// Replaces the passwords in the body of a request about sessions or users by their digests. Played, it then does the
// same. Returns whether there were any.
bool digest_passwords(json::Value& body, bool is_played);

}  // namespace runsim::api
