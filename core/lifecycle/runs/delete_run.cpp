#include "lifecycle/runs/delete_run.hpp"

#include "lifecycle/blocks/behaviour_in_run.hpp"

namespace runsim {

void delete_run(Instance& instance, RunId id) {
    if (instance.store.run(id) == nullptr) return;
    std::vector<BlockRunId> rows;
    for (const BlockRun& row : instance.store.block_runs_of(id)) rows.push_back(row.id);
    for (const BlockRunId row : rows) instance.store.erase(row);
    forget_run_overrides(instance, id);
    instance.store.erase(id);
}

}  // namespace runsim
