#pragma once

#include <string>

#include "api/calls/call.hpp"

namespace runsim::api {

// Appends an existing backfill as a JSON object: its columns, and on request run counts and a preview of dates, if the
// backfill has the fields that they need (http-api.md 5.8).
Outcome append_backfill(std::string& out, const Call& call, const Backfill& backfill);

}  // namespace runsim::api
