#pragma once

#include <cstdint>
#include <vector>

#include "api/http/query.hpp"
#include "store/store.hpp"

namespace runsim::api {

// The columns of a run that `order_by[]` may name (http-api.md 6.3).
enum class RunColumn : std::uint8_t {
    id,
    created_at,
    updated_at,
    pipeline_schedule_id,
    pipeline_uuid,
    execution_date,
    status,
    started_at,
    completed_at,
    variables,
    passed_sla,
    event_variables,
    metrics,
    backfill_id,
    executor_type
};
struct RunOrderItem {
    RunColumn column = RunColumn::id;
    bool descending = false;
};
using RunOrder = std::vector<RunOrderItem>;

// Empty means the default order. Errors are those of the real server for unknown columns, computed properties and
// directions.
ResultOf<RunOrder> read_run_order(const Query& query);

// Fails if the database cannot order by a column (JSON on postgres).
Outcome check_run_order(const Store& store, const RunOrder& order);
// Equal runs are ordered by ascending id: the real server leaves their order to the database. The default order is that
// of the store's indexes, backwards. The order must have passed check_run_order.
bool comes_before(const Store& store, const RunOrder& order, const Run& a, const Run& b);
// Sorts ids of existing runs, which are in the default order.
void sort_runs(const Store& store, const RunOrder& order, std::vector<RunId>& ids);

}  // namespace runsim::api
