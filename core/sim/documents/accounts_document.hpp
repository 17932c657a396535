#pragma once

#include "model/accounts.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// `auth` and `users` of runsim.json. The stock owner is always there, and first: {"users": [{"username": "ann", "role":
// "viewer"}]} gives a second one, whose email is ann@example.com and whose password is the user name unless said
// otherwise.
void read_accounts(const Fields& fields, Accounts& accounts);

}  // namespace runsim
