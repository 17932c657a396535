#pragma once

#include <string>

#include "api/calls/call.hpp"

namespace runsim::api {

// Appends a backfill that is there as a JSON object: its columns, and where the query asks for them and the backfill
// has all that they take, run counts and the dates of a preview (http-api.md 5.8).
Outcome append_backfill(std::string& out, const Call& call, const Backfill& backfill);

}  // namespace runsim::api
