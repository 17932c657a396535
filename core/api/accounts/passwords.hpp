#pragma once

#include "json/value.hpp"

namespace runsim::api {

// Replaces the passwords in the body of a request that signs in, creates a user or changes one by their digests
// (model/accounts.hpp): the request then does the same, and tells nobody the password. Returns whether there were any.
bool digest_passwords(json::Value& body);

}  // namespace runsim::api
