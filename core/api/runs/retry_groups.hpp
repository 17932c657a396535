#pragma once

#include <vector>

#include "api/runs/run_selection.hpp"

namespace runsim::api {

// Keeps the runs of one execution date (a run and its retries) together on a page, exactly as the real server does
// (http-api.md 6.5). `rows` are the fetched ones, one more than the page if there are more. Fails with "list index out
// of range" if there are none.
Outcome group_retries(const Store& store, const RunSelection& selection, std::vector<RunId>& rows);

}  // namespace runsim::api
