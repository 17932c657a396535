#pragma once

#include "api/calls/call.hpp"

namespace runsim::api {

// What the roles of http-api.md 4.4 may do with a resource, by action. Nothing is refused if no sign-in is needed.

// Returns whether the caller may perform the call's action with its parameters and payload. An editor's payload of a
// schedule is cut down instead of refused. Errors have code 403, in the real server's words.
Outcome authorize(Call& call);

}  // namespace runsim::api
