#pragma once

#include "model/accounts.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `auth` and `users` of runsim.json. The stock owner always exists, and is first. {"users": [{"username": "ann",
// "role": "viewer"}]} adds a second user, whose default email is ann@example.com and whose default password is the user
// name.
void read_accounts(const Fields& fields, Accounts& accounts);

}  // namespace runsim
