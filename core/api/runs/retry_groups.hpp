#pragma once

#include <vector>

#include "api/runs/run_selection.hpp"

namespace runsim::api {

// Keeps the runs of one execution date (a run and its retries) together on a page, exactly as the real server does it
// (http-api.md 6.5): `rows` are the fetched ones, one more than the page where there are more. Failure: "list index out
// of range" where there are none.
Outcome group_retries(const Store& store, const RunSelection& selection, std::vector<RunId>& rows);

}  // namespace runsim::api
