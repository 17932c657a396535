#pragma once

#include "model/accounts.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `auth` and `users` of runsim.json. The stock owner always exists, and is first. {"users": [{"username": "ann",
// "role": "viewer"}]} adds a second user, whose default email is ann@example.com and whose default password is the user
// name.
void read_accounts(const Fields& fields, Accounts& accounts);

// Replaces the passwords of runsim.json, in a project document, by their digests: those of its users, and those that
// calls of its history have in their bodies. Returns whether there were any.
bool digest_passwords(json::Value& document);

}  // namespace runsim
