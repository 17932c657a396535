#pragma once

#include "api/calls/call.hpp"

namespace runsim::api {

// What the roles of http-api.md 4.4 may do with a resource, action by action. Where nobody is asked who he is, nothing
// is refused here.

// Whether the caller may perform the call's action, with the parameters and the payload that it has. An editor's
// payload of a schedule is cut down instead of refused. Errors: code 403, in the real server's words.
Outcome authorize(Call& call);

}  // namespace runsim::api
