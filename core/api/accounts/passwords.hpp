#pragma once

#include <string_view>

#include "json/value.hpp"

namespace runsim::api {

// Replaces the passwords in the body of a request that signs in, creates a user or changes one by their digests
// (model/accounts.hpp): the request then does the same, and tells nobody the password. Returns whether there were any.
bool digest_passwords(json::Value& body);

// Whether a password is refused for a user: it has fewer than 8 characters.
bool is_short_password(std::string_view password);

}  // namespace runsim::api
